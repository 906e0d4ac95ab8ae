using System.Text.Json.Serialization;

namespace IotGateway.Edge.Status;

/// <summary>Health of the gateway, for a watchdog: healthy unless the disk refuses writes.</summary>
internal sealed record Health(bool Healthy, IReadOnlyList<string> Problems);

/// <summary>A refusal as RFC 9457 has it.</summary>
internal sealed record Refusal(string Type, string Title, int Status, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class StatusJson : JsonSerializerContext;
