using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Cloud.Fleet;

/// <summary>The messages of fleet provisioning, as AWS IoT Core has them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CsrRequest))]
[JsonSerializable(typeof(CsrAccepted))]
[JsonSerializable(typeof(ProvisionRequest))]
[JsonSerializable(typeof(ProvisionAccepted))]
[JsonSerializable(typeof(ProvisioningRejected))]
internal sealed partial class FleetJson : JsonSerializerContext;

internal sealed record CsrRequest(string? CertificateSigningRequest);

internal sealed record CsrAccepted(string CertificateId, string CertificatePem, string CertificateOwnershipToken);

internal sealed record ProvisionRequest(string? CertificateOwnershipToken, Dictionary<string, string>? Parameters);

internal sealed record ProvisionAccepted(string ThingName, Dictionary<string, string> DeviceConfiguration);

internal sealed record ProvisioningRejected(int StatusCode, string ErrorCode, string ErrorMessage);
