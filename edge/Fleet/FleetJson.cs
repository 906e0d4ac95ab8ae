using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Edge.Fleet;

/// <summary>The messages of fleet provisioning, as AWS IoT Core has them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(CsrRequest))]
[JsonSerializable(typeof(CsrAccepted))]
[JsonSerializable(typeof(ProvisionRequest))]
[JsonSerializable(typeof(ProvisionAccepted))]
[JsonSerializable(typeof(ProvisioningRejected))]
internal sealed partial class FleetJson : JsonSerializerContext;

internal sealed record CsrRequest(string CertificateSigningRequest);

internal sealed record CsrAccepted(string? CertificateId, string? CertificatePem, string? CertificateOwnershipToken);

internal sealed record ProvisionRequest(string CertificateOwnershipToken, Dictionary<string, string> Parameters);

internal sealed record ProvisionAccepted(string? ThingName, Dictionary<string, JsonElement>? DeviceConfiguration);

internal sealed record ProvisioningRejected(int StatusCode, string? ErrorCode, string? ErrorMessage);
