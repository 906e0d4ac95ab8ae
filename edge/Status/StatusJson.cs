using System.Text.Json.Serialization;

namespace IotGateway.Edge.Status;

/// <summary>Health of the gateway, for a watchdog: healthy unless the disk refuses writes.</summary>
internal sealed record Health(bool Healthy, IReadOnlyList<string> Problems);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(Health))]
internal sealed partial class StatusJson : JsonSerializerContext;
