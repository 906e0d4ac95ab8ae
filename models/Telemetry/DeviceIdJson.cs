using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Telemetry;

/// <summary>Writes a <see cref="DeviceId"/> as its text.</summary>
public sealed class DeviceIdJson : JsonConverter<DeviceId>
{
    /// <inheritdoc/>
    public override DeviceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DeviceId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A device identifier was expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DeviceId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
