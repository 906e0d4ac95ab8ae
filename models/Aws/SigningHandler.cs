using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal.Auth;

namespace IotGateway.Aws;

/// <summary>
/// Signs requests to those of AWS's services that have no package here (Signature Version 4). Not for S3, whose paths are encoded once:
/// all others sign the path encoded twice. Requests' addresses must be built of <see cref="Uri.EscapeDataString(string)"/>.
/// </summary>
/// <param name="service">The service's signing name, such as <c>iotdata</c>.</param>
/// <param name="region">Its region.</param>
/// <param name="credentials">Asked for each request: they may change with time. Null for the standard chain.</param>
/// <param name="time">The clock of the signatures.</param>
public sealed class SigningHandler(string service, string region, AWSCredentials? credentials, TimeProvider time)
    : DelegatingHandler(new SocketsHttpHandler())
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var keys = await (credentials ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync()).GetCredentialsAsync();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var uri = request.RequestUri!;
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}",
            ["x-amz-content-sha256"] = Hex(SHA256.HashData(body)),
            ["x-amz-date"] = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (keys.UseToken)
            signed["x-amz-security-token"] = keys.Token;
        foreach (var (name, value) in signed.Where(h => h.Key != "host"))
            request.Headers.TryAddWithoutValidation(name, value);

        var names = string.Join(';', signed.Keys);
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .AppendJoin('/', uri.AbsolutePath.Split('/').Select(Uri.EscapeDataString)).Append('\n')
            .AppendJoin(
                '&',
                Pairs(uri.Query)
                    .OrderBy(p => p.Name, StringComparer.Ordinal)
                    .ThenBy(p => p.Value, StringComparer.Ordinal)
                    .Select(p => $"{p.Name}={p.Value}")).Append('\n')
            .AppendJoin("", signed.Select(h => $"{h.Key}:{h.Value}\n")).Append('\n')
            .Append(names).Append('\n')
            .Append(signed["x-amz-content-sha256"]);
        var signature = AWS4Signer.ComputeSignature(keys, region, now, service, names, canonical.ToString());
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return await base.SendAsync(request, cancellationToken);
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string query) =>
        query
            .TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
                ? (pair[..at], pair[(at + 1)..])
                : (pair, ""));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
