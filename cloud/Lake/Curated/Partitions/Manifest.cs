using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>
/// One version of a partition, written after its files and never changed. The highest version is what the partition holds.
/// Readings = rows + duplicates + conflicts, in every version.
/// </summary>
/// <param name="Format">The form of this document: 1.</param>
/// <param name="Family">The partition's family of metrics.</param>
/// <param name="Date">Its UTC date.</param>
/// <param name="Version">From 1, ascending by one.</param>
/// <param name="Schema">The schema of the newest file; each file names its own.</param>
/// <param name="Created">When it was written, UTC.</param>
/// <param name="Rows">Rows in all files.</param>
/// <param name="Readings">Readings of the partition in the raw objects it was made from.</param>
/// <param name="Duplicates">Readings that came again with the same value.</param>
/// <param name="Conflicts">Readings that came again with another value; the first to arrive stays.</param>
/// <param name="Files">Its data files.</param>
/// <param name="Sources">The raw objects whose readings are in it.</param>
/// <param name="Held">Why newer readings are kept back; null when none are.</param>
/// <param name="Gateways">Figures by gateway; null in a version that judges the partition as a whole.</param>
internal sealed record Manifest(
    int Format, string Family, DateOnly Date, int Version, int Schema, DateTimeOffset Created, long Rows, long Readings, long Duplicates,
    long Conflicts,
    IReadOnlyList<ManifestFile> Files, IReadOnlyList<string> Sources, Hold? Held, IReadOnlyList<GatewayShare>? Gateways = null)
{
    public const int CurrentFormat = 1;

    [JsonIgnore]
    public Partition Partition => new(Family, Date);

    /// <summary>A partition before its first version.</summary>
    public static Manifest Empty(Partition partition) =>
        new(CurrentFormat, partition.Family, partition.Date, 0, CuratedSchema.Current, default, 0, 0, 0, 0, [], [], null);

    /// <summary>Sources that are held and were not read yet: to be taken as far as it goes.</summary>
    [JsonIgnore]
    public IEnumerable<string> Unread => (Held?.Sources ?? []).Except(
        (Gateways ?? []).SelectMany(g => g.Held?.Sources ?? []), StringComparer.Ordinal);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CuratedJson.Default.Manifest);

    /// <summary>False for one whose parts do not fit each other: flipped bytes may still be JSON.</summary>
    private static bool IsSound(Manifest m) =>
        m.Files.All(f => f is { Key: not null, Sha256: not null, Rows: >= 0 and <= int.MaxValue, Hour: null or (>= 0 and <= 23) }
            && f.Flagged >= 0 && f.Flagged <= f.Rows
            && ObjectKey.IsKey(f.Key) && f.Key.StartsWith(m.Partition.Data, StringComparison.Ordinal))
        && m.Files.Sum(f => f.Rows) == m.Rows && m.Rows + m.Duplicates + m.Conflicts == m.Readings
        && m.Sources.All(IsSource)
        && m.Held is null or { Reason: not null, Detail: not null, Sources: not null } && m.Held?.Sources.All(IsSource) != false
        && (m.Gateways ?? []).All(g => g is { Gateway: not null, Held: null or { Sources: not null } }
            && g.Held?.Sources.All(IsSource) != false);

    private static bool IsSource(string? source) => source is not null && ObjectKey.IsKey(source.Split('#')[0]);

    /// <exception cref="InvalidDataException">It is no manifest that this program reads.</exception>
    public static Manifest Parse(string key, ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonSerializer.Deserialize(
                json, CuratedJson.Default.Manifest) is { Format: CurrentFormat, Files: not null, Sources: not null } manifest
                && IsSound(manifest) && Partition.TryParseManifest(key, out var partition, out var version)
                && manifest.Partition == partition && manifest.Version == version)
            {
                return manifest;
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{key} is no manifest: {e.Message}", e);
        }

        throw new InvalidDataException($"{key} is no manifest of format {CurrentFormat} for that partition and version.");
    }
}

/// <summary>A data file.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Hour">The UTC hour of its rows; null when it holds the day's.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Schema">The version of its columns.</param>
/// <param name="Flagged">Rows whose value cannot be what it claims.</param>
internal sealed record ManifestFile(string Key, int? Hour, long Rows, long Bytes, string Sha256, int Schema, long Flagged);

/// <summary>Reason for which readings are not published yet.</summary>
/// <param name="Reason">One word: <c>flagged_share</c>, <c>row_count</c>, <c>schema_drift</c>, <c>not_finite</c>,
/// <c>damaged_file</c>.</param>
/// <param name="Detail">The figures, in a sentence.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Sources">The raw objects that wait; they are taken again with the next that come.</param>
internal sealed record Hold(string Reason, string Detail, DateTimeOffset Since, IReadOnlyList<string> Sources);

/// <summary>Figures of what one gateway sent for a partition.</summary>
/// <param name="Gateway">Its name.</param>
/// <param name="Readings">Its readings that were taken.</param>
/// <param name="Flagged">Of these, those whose value cannot be what it claims.</param>
/// <param name="Held">What is held because too many are; null when nothing is.</param>
internal sealed record GatewayShare(string Gateway, long Readings, long Flagged, HeldShare? Held);

/// <summary>Readings of one gateway that are held.</summary>
internal sealed record HeldShare(long Readings, long Flagged, IReadOnlyList<string> Sources);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(DayProgress))]
internal sealed partial class CuratedJson : JsonSerializerContext;
