using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.FirmwareSim.NetworkServers.ChirpStack;

[JsonSerializable(typeof(UplinkEvent))]
[JsonSerializable(typeof(JoinEvent))]
[JsonSerializable(typeof(StatusEvent))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>As the server writes it: '+' stands as it is, in offsets and in base64.</summary>
    public static EventJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
