using System.Security.Cryptography;
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
    CertificateAuthority authority, EnrolledGateways enrolled, Claims claims, GatewayRegistry gateways, FleetOptions options,
    TimeProvider time, Refusals refusals, ILogger<Provisioning> log) : IRequestTopics, IDisposable
{
    private readonly PartitionedRateLimiter<string> _byClaim = Limiter(10, TimeSpan.FromSeconds(30));
    private readonly PartitionedRateLimiter<string> _byAddress = Limiter(10, TimeSpan.FromSeconds(30));
    private readonly PartitionedRateLimiter<string> _byGateway = Limiter(5, TimeSpan.FromMinutes(10));
    private readonly PendingCertificates _ofClaims = new(1_000, 30, TimeSpan.FromMinutes(10), time);
    private readonly PendingCertificates _ofGateways = new(10_000, 12, TimeSpan.FromHours(1), time);

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
            refusals.Note(caller.Name, "certificate_request", e.Message);
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
        _byAddress.Dispose();
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
        Throttle(caller);
        var request = Request(Parse(payload, FleetJson.Default.CsrRequest).CertificateSigningRequest);

        // A gateway renews for itself alone, whatever its request names.
        var gateway = caller.IsGateway ? caller.Name : request.CommonName;
        if (!GatewayId.IsValid(gateway))
            throw new RefusedException(
                400, "InvalidCertificateSigningRequest",
                $"The request's common name is '{Shown(gateway)}'; expected the gateway's name, 1 to {GatewayId.MaxLength} letters, "
                    + $"digits, '-' or '_'.");

        var certificate = authority.Sign(gateway, request.Key, TimeSpan.FromDays(options.CertificateDays), caller.Certificate);
        var token = PendingOf(caller).Add(caller.Certificate.Thumbprint, gateway, certificate)
            ?? throw new RefusedException(429, "Throttled", "Too many certificates wait to be used; try again later.");
        var id = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        return JsonSerializer.SerializeToUtf8Bytes(
            new CsrAccepted(id, certificate.ExportCertificatePem() + "\n", token), FleetJson.Default.CsrAccepted);
    }

    private byte[] Provision(Caller caller, ReadOnlySpan<byte> payload)
    {
        var request = Parse(payload, FleetJson.Default.ProvisionRequest);
        if (!PendingOf(caller).TryTake(request.CertificateOwnershipToken, caller.Certificate.Thumbprint, out var issued))
            throw new RefusedException(
                400, "InvalidCertificateOwnershipToken", "The certificate ownership token is not known, expired, or another's.");
        if (request.Parameters?.GetValueOrDefault("ThingName") is { } asked && asked != issued.Gateway)
            throw new RefusedException(
                400, "InvalidParameters", $"ThingName is '{Shown(asked)}'; the certificate was issued to '{issued.Gateway}'.");
        if (caller.IsGateway)
        {
            if (!enrolled.Renew(issued.Gateway, issued.Certificate, caller.Certificate))
                throw new RefusedException(403, "AccessDenied", "The certificate by which this is asked is no longer the gateway's.");
        }
        else if (enrolled.Taken(issued.Gateway) is { } before)
            throw Taken(before);
        else if (!claims.Use(caller.Name, issued.Gateway))
            throw new RefusedException(
                429, "Throttled", $"The claim has enrolled {Claims.MostGateways} gateways and is used up; an operator can issue another.");
        else if (enrolled.Claim(issued.Gateway, issued.Certificate) is { } taken)
            throw Taken(taken);

        gateways.Update(issued.Gateway, view => view);
        log.Provisioned(caller.Name, issued.Gateway, issued.Certificate.NotAfter.ToUniversalTime());
        return JsonSerializer.SerializeToUtf8Bytes(new ProvisionAccepted(issued.Gateway, []), FleetJson.Default.ProvisionAccepted);
    }

    private static RefusedException Taken(string why) => new(409, "ResourceConflict", $"The name is taken: {why}.");

    private PendingCertificates PendingOf(Caller caller) => caller.IsGateway ? _ofGateways : _ofClaims;

    /// <summary>A claim is counted for itself, for many share it, and for the address it is used from, for one may hold many.</summary>
    private void Throttle(Caller caller)
    {
        using var lease = (caller.IsGateway ? _byGateway : _byClaim).AttemptAcquire(caller.Name);
        using var another = caller.IsGateway ? null : _byAddress.AttemptAcquire(caller.Address);
        if (!lease.IsAcquired || another is { IsAcquired: false })
            throw new RefusedException(429, "Throttled", "Too many certificates were asked for; try again later.");
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

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;

    /// <summary>A request that is answered on <c>/rejected</c>.</summary>
    private sealed class RefusedException(int status, string code, string message) : Exception(message)
    {
        public int Status => status;

        public string Code => code;
    }
}
