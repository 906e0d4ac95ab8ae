using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Identity;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Fleet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Fleet;

/// <summary>
/// Orders a certificate over a connection: a key is made here and never leaves, a signing request goes out, what comes back is kept as a
/// candidate before the cloud is asked to make it ours.
/// </summary>
internal sealed class CertificateOrder(
    FleetOptions options, string gateway, bool mayBeRenamed, IdentityFolder identities, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryRefused = TimeSpan.FromMinutes(5);

    /// <summary>Of the cloud's own words no more goes to page and log.</summary>
    private const int LongestReason = 300;

    private readonly string _provision = FleetTopics.Provision(options.Template);

    /// <summary>Topics of the answers.</summary>
    public IReadOnlyList<string> Topics =>
    [
        FleetTopics.Accepted(FleetTopics.CreateFromCsr), FleetTopics.Rejected(FleetTopics.CreateFromCsr),
        FleetTopics.Accepted(_provision), FleetTopics.Rejected(_provision),
    ];

    /// <returns>The candidate, and the settings that came with it.</returns>
    /// <exception cref="CloudRefusedException">The cloud refuses, or answers what cannot be used.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<Ordered> RunAsync(CloudLink link, CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var created = await AskAsync(
            link, FleetTopics.CreateFromCsr, Json(new CsrRequest(SigningRequest(key)), FleetJson.Default.CsrRequest),
            FleetJson.Default.CsrAccepted, cancellation);
        if (created is not { CertificatePem: { } sent, CertificateOwnershipToken: { } token } || CertificateFor(sent, key) is not { } pem)
            throw Refused("the cloud's certificate is not for the key that was made here");

        var candidate = identities.Add(gateway, pem, key);
        ProvisionAccepted accepted;
        try
        {
            var parameters = new Dictionary<string, string>(options.Parameters, StringComparer.Ordinal);
            parameters.TryAdd("SerialNumber", gateway);
            accepted = await AskAsync(
                link, _provision, Json(new ProvisionRequest(token, parameters), FleetJson.Default.ProvisionRequest),
                FleetJson.Default.ProvisionAccepted, cancellation);
        }
        catch (CloudRefusedException)
        {
            identities.Drop(candidate);
            throw;
        }

        var settings = Configuration(accepted);
        if (accepted.ThingName == gateway)
            return new Ordered(candidate, settings);
        if (!mayBeRenamed || !GatewayId.IsValid(accepted.ThingName))
        {
            identities.Drop(candidate);
            throw Refused($"the template {options.Template} names this gateway '{Shown(accepted.ThingName)}'; Gateway:Name is '{gateway}'");
        }

        var renamed = identities.Add(accepted.ThingName!, pem + "\n", key);
        identities.Drop(candidate);
        return new Ordered(renamed, settings);
    }

    /// <summary>AWS's templates write every value as text; one that is a number is taken as such.</summary>
    private static JsonObject Configuration(ProvisionAccepted accepted)
    {
        var settings = new JsonObject();
        foreach (var (name, value) in accepted.DeviceConfiguration ?? [])
        {
            // As it stands there, quotation marks and all: what is half a character would be no text to ask for.
            var raw = value.GetRawText();
            settings[name] =
                value.ValueKind == JsonValueKind.String
                    && double.TryParse(raw.AsSpan(1, raw.Length - 2), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number)
                    ? number
                    : JsonNode.Parse(raw);
        }

        return settings;
    }

    private async Task<T> AskAsync<T>(CloudLink link, string topic, byte[] request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        // What came for an earlier request that was given up is no answer to this one.
        while (link.Messages.TryRead(out _))
        {
        }

        await link.PublishAsync(topic, request, cancellation);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            while (true)
            {
                var answer = await link.Messages.ReadAsync(either.Token);
                if (answer.Topic == FleetTopics.Accepted(topic))
                    return JsonSerializer.Deserialize(answer.Payload, type) ?? throw Refused($"{answer.Topic} is null");
                if (answer.Topic == FleetTopics.Rejected(topic))
                {
                    var rejected = JsonSerializer.Deserialize(answer.Payload, FleetJson.Default.ProvisioningRejected);
                    var reason = $"{rejected?.StatusCode} {rejected?.ErrorCode}: {rejected?.ErrorMessage}";
                    throw Refused($"the cloud refuses a certificate: {reason[..Math.Min(reason.Length, LongestReason)]}");
                }
            }
        }
        catch (JsonException e)
        {
            throw new CloudRefusedException($"an answer to {topic} cannot be read: {e.Message}", RetryRefused, e);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer to {topic} within {Patience.TotalSeconds:0} s", e);
        }
    }

    private string SigningRequest(ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(gateway);
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    /// <summary>The certificate alone, of whatever stands around it; null where it is none, or for another key.</summary>
    private static string? CertificateFor(string pem, ECDsa key)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo())
                ? certificate.ExportCertificatePem()
                : null;
        }
        catch (Exception e) when (PemFile.IsDamage(e))
        {
            return null;
        }
    }

    private static string Shown(string? name) =>
        name is { Length: > GatewayId.MaxLength } ? $"{name[..GatewayId.MaxLength]}…" : name ?? "";

    private static byte[] Json<T>(T message, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(message, type);

    /// <summary>Retried slowly, and not by all gateways at the same moment.</summary>
    private static CloudRefusedException Refused(string reason) => new(reason, RetryRefused * (0.5 + Random.Shared.NextDouble()));
}

/// <summary>A certificate that was ordered.</summary>
/// <param name="Identity">The candidate.</param>
/// <param name="Settings">What the template gives this gateway as <c>deviceConfiguration</c>; empty when it gives nothing.</param>
internal sealed record Ordered(GatewayIdentity Identity, JsonObject Settings);
