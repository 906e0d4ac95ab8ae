using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotGateway.Telemetry.Wire;

/// <summary>A gateway's state in its own words; sent at QoS 0 because the next one replaces it.</summary>
/// <param name="Gateway">The gateway's name.</param>
/// <param name="At">When it was written, by the gateway's clock.</param>
/// <param name="Version">The gateway program's version.</param>
/// <param name="Started">When the gateway process started.</param>
/// <param name="BufferedBatches">Batches that the cloud has not answered for.</param>
/// <param name="BufferedReadings">Readings in them.</param>
/// <param name="OldestBuffered">When the oldest of them was buffered; null when there is none.</param>
/// <param name="BufferUsedShare">Share of the buffer's size limit that is taken, 0 to 1.</param>
/// <param name="Sources">State of each source by its name.</param>
/// <param name="Counters">Counts since the start, by name: what was received, refused, lost, and why.</param>
public sealed record GatewayStatus(
    [property: JsonPropertyName("gateway")] string Gateway,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("started")] DateTimeOffset Started,
    [property: JsonPropertyName("bufferedBatches")] long BufferedBatches,
    [property: JsonPropertyName("bufferedReadings")] long BufferedReadings,
    [property: JsonPropertyName("oldestBuffered"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? OldestBuffered,
    [property: JsonPropertyName("bufferUsedShare")] double BufferUsedShare,
    [property: JsonPropertyName("sources")] IReadOnlyDictionary<string, string> Sources,
    [property: JsonPropertyName("counters")] IReadOnlyDictionary<string, long> Counters)
{
    /// <summary>The status as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Default.GatewayStatus);

    /// <summary>Reads a status.</summary>
    /// <exception cref="BatchFormatException">It is not one.</exception>
    public static GatewayStatus Parse(ReadOnlySpan<byte> json) => WireJson.Read(json, WireJson.Default.GatewayStatus, "gateway status");
}
