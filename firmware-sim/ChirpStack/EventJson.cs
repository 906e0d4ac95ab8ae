using System.Text.Json.Serialization;

namespace IotGateway.FirmwareSim.ChirpStack;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UplinkEvent))]
[JsonSerializable(typeof(JoinEvent))]
[JsonSerializable(typeof(StatusEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
