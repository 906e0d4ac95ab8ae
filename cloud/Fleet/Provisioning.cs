using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.RateLimiting;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Fleet;

/// <summary>
/// Fleet provisioning with a signing request: whoever holds a claim gets a certificate for a name that is free, and a gateway a new one
/// for its own name. A certificate is worth nothing until the second request makes it the gateway's.
/// </summary>
internal sealed class Provisioning(
    CertificateAuthority authority, EnrolledGateways enrolled, GatewayRegistry gateways, FleetOptions options, TimeProvider time,
    ILogger<Provisioning> log) : IRequestTopics, IDisposable
{
    private const int MaxPending = 1_000;
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    private readonly PartitionedRateLimiter<string> _byClaim = Limiter(30, TimeSpan.FromSeconds(2));
    private readonly PartitionedRateLimiter<string> _byGateway = Limiter(5, TimeSpan.FromMinutes(10));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Issued> _pending = new(StringComparer.Ordinal);

    private sealed record Issued(string Owner, string Gateway, X509Certificate2 Certificate, long At);

    public bool MaySubscribe(Caller caller, string filter) =>
        Template(caller, filter, "/accepted") is not null || Template(caller, filter, "/rejected") is not null;

    public IReadOnlyList<Reply>? Answer(Caller caller, string topic, ReadOnlyMemory<byte> payload)
    {
        if (Template(caller, topic, "") is null)
            return null;
        try
        {
            var accepted = topic == FleetTopics.CreateFromCsr ? Create(caller, payload.Span) : Provision(caller, payload.Span);
            return [new Reply(FleetTopics.Accepted(topic), accepted)];
        }
        catch (RefusedException e)
        {
            log.ProvisioningRefused(caller.Name, e.Message);
            var rejected = new ProvisioningRejected(e.Status, e.Code, e.Message);
            return
            [
                new Reply(
                    FleetTopics.Rejected(topic), JsonSerializer.SerializeToUtf8Bytes(rejected, FleetJson.Default.ProvisioningRejected)),
            ];
        }
    }

    public void Dispose()
    {
        _byClaim.Dispose();
        _byGateway.Dispose();
    }

    /// <summary>So many requests a name at once, then one in a while.</summary>
    private static PartitionedRateLimiter<string> Limiter(int burst, TimeSpan each) => PartitionedRateLimiter.Create<string, string>(
        name => RateLimitPartition.GetTokenBucketLimiter(
            name, _ => new TokenBucketRateLimiterOptions { TokenLimit = burst, TokensPerPeriod = 1, ReplenishmentPeriod = each }),
        StringComparer.Ordinal);

    /// <summary>
    /// The template a topic is about, empty for that of signing requests; null when the topic is not this caller's to use.
    /// </summary>
    private static string? Template(Caller caller, string topic, string end)
    {
        if (topic == FleetTopics.CreateFromCsr + end)
            return "";
        return topic.Split('/') is [_, _, var template, ..] && FleetTopics.IsTemplate(template)
            && topic == FleetTopics.Provision(template) + end
            && (caller.IsGateway || caller.Template == template) ? template : null;
    }

    private byte[] Create(Caller caller, ReadOnlySpan<byte> payload)
    {
        using var lease = (caller.IsGateway ? _byGateway : _byClaim).AttemptAcquire(caller.Name);
        if (!lease.IsAcquired)
            throw new RefusedException(429, "Throttled", "Too many certificates were asked for; try again later.");
        var request = Request(Parse(payload, FleetJson.Default.CsrRequest).CertificateSigningRequest);

        // A gateway renews for itself alone, whatever its request names.
        var gateway = caller.IsGateway ? caller.Name : request.CommonName;
        if (!GatewayId.IsValid(gateway))
            throw new RefusedException(
                400, "InvalidCertificateSigningRequest",
                $"The request's common name is '{Shown(gateway)}'; expected the gateway's name, 1 to {GatewayId.MaxLength} letters, "
                    + $"digits, '-' or '_'.");

        var certificate = authority.Sign(gateway, request.Key, TimeSpan.FromDays(options.CertificateDays), caller.Certificate);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        lock (_gate)
        {
            Forget();
            if (_pending.Count >= MaxPending)
                throw new RefusedException(429, "Throttled", "Too many certificates wait to be used; try again later.");
            _pending[token] = new Issued(caller.Certificate.Thumbprint, gateway, certificate, time.GetTimestamp());
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        return JsonSerializer.SerializeToUtf8Bytes(
            new CsrAccepted(id, certificate.ExportCertificatePem() + "\n", token), FleetJson.Default.CsrAccepted);
    }

    private byte[] Provision(Caller caller, ReadOnlySpan<byte> payload)
    {
        var request = Parse(payload, FleetJson.Default.ProvisionRequest);
        Issued? issued;
        lock (_gate)
        {
            Forget();
            if (request.CertificateOwnershipToken is not { } token || !_pending.TryGetValue(token, out issued)
                || issued.Owner != caller.Certificate.Thumbprint)
                throw new RefusedException(
                    400, "InvalidCertificateOwnershipToken", "The certificate ownership token is not known, expired, or another's.");
            _pending.Remove(token);
        }

        if (request.Parameters?.GetValueOrDefault("ThingName") is { } asked && asked != issued.Gateway)
            throw new RefusedException(
                400, "InvalidParameters", $"ThingName is '{Shown(asked)}'; the certificate was issued to '{issued.Gateway}'.");
        if (caller.IsGateway)
            enrolled.Renew(issued.Gateway, issued.Certificate);
        else if (enrolled.Claim(issued.Gateway, issued.Certificate, time.GetUtcNow()) is { } taken)
            throw new RefusedException(409, "ResourceConflict", $"The name is taken: {taken}.");

        gateways.Update(issued.Gateway, view => view);
        log.Provisioned(caller.Name, issued.Gateway, issued.Certificate.NotAfter.ToUniversalTime());
        return JsonSerializer.SerializeToUtf8Bytes(new ProvisionAccepted(issued.Gateway, []), FleetJson.Default.ProvisionAccepted);
    }

    private static SigningRequest Request(string? pem)
    {
        try
        {
            return SigningRequest.Read(pem);
        }
        catch (FormatException e)
        {
            throw new RefusedException(400, "InvalidCertificateSigningRequest", e.Message);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> payload, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(payload, type) ?? throw new JsonException("an object was expected");
        }
        catch (JsonException e)
        {
            throw new RefusedException(400, "InvalidPayload", $"The request cannot be read: {e.Message}");
        }
    }

    private void Forget()
    {
        foreach (var token in _pending.Where(p => time.GetElapsedTime(p.Value.At) > TokenLife).Select(p => p.Key).ToArray())
            _pending.Remove(token);
    }

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;

    /// <summary>A request that is answered on <c>/rejected</c>.</summary>
    private sealed class RefusedException(int status, string code, string message) : Exception(message)
    {
        public int Status => status;

        public string Code => code;
    }
}
