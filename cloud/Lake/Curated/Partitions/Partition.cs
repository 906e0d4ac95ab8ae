using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Curated.Partitions;

/// <summary>Unit of publication: a family of metrics on one day.</summary>
/// <param name="Family">One of <see cref="MetricFamily"/>.</param>
/// <param name="Date">The UTC date of the readings' time.</param>
internal readonly record struct Partition(string Family, DateOnly Date)
{
    public const string Root = "curated/";
    /// <summary>Beginning of the keys of all data files.</summary>
    public const string DataRoot = Root + FamilyMark;

    public const string Manifests = Root + "_manifest/";
    public const string Symlinks = Root + "_athena/";

    /// <summary>The greatest version a manifest may have.</summary>
    private const int LastVersion = 999_999_999;

    private const string FamilyMark = "metric_family=";
    private const string DateMark = "date=";

    /// <summary>No earlier day has a partition: devices were not.</summary>
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time by which a reading may be ahead of its arrival.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>
    /// The latest time of a reading that has a partition, by when it was received; by now, where the clock was behind when it was.
    /// </summary>
    public static DateTimeOffset LatestFor(DateTimeOffset received, DateTimeOffset now)
    {
        var later = received > now ? received : now;
        return later < DateTimeOffset.MaxValue - Ahead ? later + Ahead : DateTimeOffset.MaxValue;
    }

    /// <summary>
    /// The partition of a reading; null for one whose time cannot be, before 2000 or after <paramref name="latest"/>: a day that never was
    /// must have no files.
    /// </summary>
    public static Partition? Of(in Reading reading, DateTimeOffset latest) => reading.Time < First || reading.Time > latest
        ? null
        : new Partition(Metrics.FamilyOf(reading.Metric), DateOnly.FromDateTime(reading.Time.UtcDateTime));

    /// <summary>Beginning of its data files' keys.</summary>
    public string Data => $"{Root}{Path}/";

    /// <summary>Beginning of its manifests' keys.</summary>
    public string ManifestFolder => $"{Manifests}{Path}/";

    /// <summary>The list of data files that Athena follows.</summary>
    public string Symlink => $"{Symlinks}{Path}/symlink.txt";

    private string Path => string.Create(CultureInfo.InvariantCulture, $"{FamilyMark}{Family}/{DateMark}{Date:yyyy-MM-dd}");

    public string ManifestKey(int version) => string.Create(CultureInfo.InvariantCulture, $"{ManifestFolder}{version:D6}.json");

    /// <summary>The name of a new data file: no two are alike, and its time tells the sweep how old it is.</summary>
    public string NewDataKey(int? hour, DateTimeOffset created) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Data}{(hour is { } h ? $"hour-{h:D2}" : "day")}.{created.UtcDateTime:yyyyMMdd'T'HHmmss}.{Guid.NewGuid():N}.parquet");

    /// <summary>Time at which a data file's name was made; null when it is no data file's.</summary>
    public static DateTimeOffset? CreatedOf(string key) =>
        key.EndsWith(".parquet", StringComparison.Ordinal) && key[(key.LastIndexOf('/') + 1)..].Split('.') is [_, var time, _, _]
        && DateTimeOffset.TryParseExact(
            time, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created)
            ? created
            : null;

    /// <summary>Reads the key of a manifest or a data file.</summary>
    public static bool TryParse(string key, string root, out Partition partition, [NotNullWhen(true)] out string? name)
    {
        (partition, name) = (default, null);
        if (!key.StartsWith(root, StringComparison.Ordinal) || key[root.Length..].Split('/') is not [var family, var date, var last]
            || !family.StartsWith(FamilyMark, StringComparison.Ordinal) || !date.StartsWith(DateMark, StringComparison.Ordinal)
            || !DateOnly.TryParseExact(
                date.AsSpan(DateMark.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        (partition, name) = (new Partition(family[FamilyMark.Length..], day), last);
        return true;
    }

    /// <summary>Reads a manifest's key; another name in its place is none of ours.</summary>
    public static bool TryParseManifest(string key, out Partition partition, out int version)
    {
        version = 0;
        return TryParse(key, Manifests, out partition, out var name) && name.EndsWith(".json", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(0, name.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && version is >= 1 and <= LastVersion && partition.ManifestKey(version) == key;
    }

    public override string ToString() => Path;
}
