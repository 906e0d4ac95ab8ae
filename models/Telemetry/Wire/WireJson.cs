using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace IotGateway.Telemetry.Wire;

/// <summary>Source-generated JSON of everything that crosses the wire.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Gap[]))]
[JsonSerializable(typeof(StoredAnswer))]
[JsonSerializable(typeof(GatewayStatus))]
internal sealed partial class WireJson : JsonSerializerContext
{
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new BatchFormatException("not_json", $"A {what} is the JSON word null; an object was expected.");
        }
        catch (JsonException e)
        {
            throw new BatchFormatException("not_json", $"A {what} cannot be read: {e.Message}", e);
        }
    }
}
