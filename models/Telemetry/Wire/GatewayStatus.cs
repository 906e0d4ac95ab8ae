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

    /// <summary>Most sources that are read of a status.</summary>
    public const int MostSources = 100;

    /// <summary>Most counters that are read of a status, about six for each of the nodes of a large gateway.</summary>
    public const int MostCounters = 1_000;

    private const int MostTextLength = 256;

    /// <summary>Sources and counters that the status has beyond those that are read, the first by name; 0 where it is all there.</summary>
    [JsonPropertyName("leftOut"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LeftOut { get; init; }

    /// <summary>Reads a status. Of what it lists without an end only the first by name are kept, and texts are cut: the rest is
    /// counted.</summary>
    /// <param name="json">Any bytes.</param>
    /// <returns>A status whose numbers are finite and whose size has a bound.</returns>
    /// <exception cref="BatchFormatException">It is not one, or its share of the buffer is no finite number from 0.</exception>
    public static GatewayStatus Parse(ReadOnlySpan<byte> json)
    {
        var told = WireJson.Read(json, WireJson.Default.GatewayStatus, "gateway status");
        if (told.BufferUsedShare is not (>= 0 and <= double.MaxValue))
            throw new BatchFormatException("not_a_share", "A gateway status has a bufferUsedShare that is no finite number from 0.");
        return told with
        {
            // A buffer beyond its limit, as where the limit was lowered or the disk filled up, is full.
            BufferUsedShare = Math.Min(told.BufferUsedShare, 1),
            Gateway = Cut(told.Gateway),
            Version = Cut(told.Version),
            Sources = First(told.Sources, MostSources, text => Cut(text ?? "")),
            Counters = First(told.Counters, MostCounters, count => count),
            LeftOut = Math.Max(0, told.Sources.Count - MostSources) + Math.Max(0, told.Counters.Count - MostCounters),
        };
    }

    private static SortedDictionary<string, T> First<T>(IReadOnlyDictionary<string, T> all, int most, Func<T, T> value)
    {
        var first = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, told) in all.OrderBy(a => a.Key, StringComparer.Ordinal).Take(most))
            first[Cut(name)] = value(told);
        return first;
    }

    private static string Cut(string text) => text.Length > MostTextLength ? string.Concat(text.AsSpan(0, MostTextLength), "…") : text;
}
