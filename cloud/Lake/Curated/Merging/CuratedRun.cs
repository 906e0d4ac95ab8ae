using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Curated.Merging;

/// <summary>Rows that come sorted by device, metric and time, from where they lie.</summary>
internal abstract class CuratedRun : IDisposable
{
    private CuratedRow _current;

    /// <summary>Among rows of one identity and one arrival, that of the lesser run stays.</summary>
    public int Number { get; set; }

    public ref readonly CuratedRow Current => ref _current;

    /// <summary>Moves on within what is loaded.</summary>
    public bool Advance() => TryNext(out _current);

    /// <summary>Loads more and moves to its first row; false at the end.</summary>
    public virtual Task<bool> OpenAsync(CancellationToken cancellation) => Task.FromResult(Advance());

    public virtual void Dispose()
    {
    }

    protected abstract bool TryNext(out CuratedRow row);

    public static int Compare(CuratedRun a, CuratedRun b)
    {
        ref readonly var x = ref a._current;
        ref readonly var y = ref b._current;
        var order = CuratedSeries.Compare(x.Series, y.Series);
        if (order == 0)
            order = x.Time.CompareTo(y.Time);
        if (order == 0)
            order = x.Received.CompareTo(y.Received);
        return order != 0 ? order : a.Number.CompareTo(b.Number);
    }
}

/// <summary>New readings, in memory: all, or those of an hour.</summary>
internal sealed class MemoryRun(RowBuffer sorted, int? hour) : CuratedRun
{
    private int _next;

    /// <summary>Sorts readings: device, metric, time, arrival.</summary>
    public static void Sort(RowBuffer rows)
    {
        var series = new HashSet<CuratedSeries>();
        foreach (ref readonly var row in rows.Rows)
            series.Add(row.Series);
        CuratedSeries.RankAll([.. series]);
        rows.Rows.Sort(default(Order));
    }

    /// <summary>The UTC hour of a row, 0 to 23.</summary>
    public static int HourOf(in CuratedRow row) => (int)(((row.Time % 86_400_000) + 86_400_000) % 86_400_000 / 3_600_000);

    protected override bool TryNext(out CuratedRow row)
    {
        while (_next < sorted.Count)
        {
            row = sorted[_next++];
            if (hour is null || HourOf(row) == hour)
                return true;
        }

        row = default;
        return false;
    }

    private readonly struct Order : IComparer<CuratedRow>
    {
        public int Compare(CuratedRow x, CuratedRow y) =>
            x.Series.Rank != y.Series.Rank ? x.Series.Rank.CompareTo(y.Series.Rank)
            : x.Time != y.Time ? x.Time.CompareTo(y.Time)
            : x.Received != y.Received ? x.Received.CompareTo(y.Received)
            : x.Order.CompareTo(y.Order);
    }
}

/// <summary>
/// Data files whose rows follow each other, one loaded at a time; each is checked against its manifest before a row is used.
/// </summary>
internal sealed class FileRun(IObjectStore store, IReadOnlyList<ManifestFile> files) : CuratedRun
{
    private CuratedFileReader? _reader;
    private int _next;

    /// <summary>Whose rows are left out; null for nobody's.</summary>
    public DeviceRows? Without { get; init; }

    /// <summary>Rows left out.</summary>
    public long Left { get; private set; }

    /// <exception cref="DamagedFileException">A file is missing or not what its manifest says.</exception>
    /// <exception cref="SchemaDriftException">Its columns are not its schema's.</exception>
    public override async Task<bool> OpenAsync(CancellationToken cancellation)
    {
        while (_next < files.Count)
        {
            _reader?.Dispose();
            _reader = new CuratedFileReader(
                await CuratedFiles.GetAsync(store, files[_next], verify: true, cancellation), files[_next].Schema);
            _next++;
            if (Advance())
                return true;
        }

        return false;
    }

    public override void Dispose()
    {
        _reader?.Dispose();
        base.Dispose();
    }

    protected override bool TryNext(out CuratedRow row)
    {
        row = default;
        while (_reader is not null && _reader.Next(out row))
        {
            if (Without is null || !Without.Hold(row))
                return true;
            Left++;
        }

        return false;
    }
}
