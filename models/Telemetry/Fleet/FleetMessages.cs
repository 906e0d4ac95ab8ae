using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Telemetry.Fleet;

/// <summary>
/// Source-generated JSON of the messages of fleet provisioning, as AWS IoT Core has them. A receiver counts on no member.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(CsrRequest))]
[JsonSerializable(typeof(CsrAccepted))]
[JsonSerializable(typeof(ProvisionRequest))]
[JsonSerializable(typeof(ProvisionAccepted))]
[JsonSerializable(typeof(ProvisioningRejected))]
public sealed partial class FleetJson : JsonSerializerContext;

/// <summary>Request for a certificate, on <see cref="FleetTopics.CreateFromCsr"/>.</summary>
/// <param name="CertificateSigningRequest">The signing request, PEM.</param>
public sealed record CsrRequest(string? CertificateSigningRequest);

/// <summary>Certificate that was issued, not yet a thing's own.</summary>
/// <param name="CertificateId">Its id.</param>
/// <param name="CertificatePem">The certificate, PEM.</param>
/// <param name="CertificateOwnershipToken">Proof of who asked, for the next request.</param>
public sealed record CsrAccepted(string? CertificateId, string? CertificatePem, string? CertificateOwnershipToken);

/// <summary>Request to make a certificate a thing's own, on <see cref="FleetTopics.Provision"/>.</summary>
/// <param name="CertificateOwnershipToken">The token that came with the certificate.</param>
/// <param name="Parameters">The template's parameters, such as <c>SerialNumber</c>.</param>
public sealed record ProvisionRequest(string? CertificateOwnershipToken, Dictionary<string, string>? Parameters);

/// <summary>Name of the thing that the certificate is now the own of.</summary>
/// <param name="ThingName">The name.</param>
/// <param name="DeviceConfiguration">Settings that the template gives along; numbers or texts.</param>
public sealed record ProvisionAccepted(string? ThingName, Dictionary<string, JsonElement>? DeviceConfiguration);

/// <summary>Refusal of a request of fleet provisioning.</summary>
/// <param name="StatusCode">HTTP's code.</param>
/// <param name="ErrorCode">AWS's word.</param>
/// <param name="ErrorMessage">The reason.</param>
public sealed record ProvisioningRejected(int StatusCode, string? ErrorCode, string? ErrorMessage);
