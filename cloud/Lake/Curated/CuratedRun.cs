namespace IotGateway.Cloud.Lake;

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
    public virtual Task<bool> Open(CancellationToken cancellation) => Task.FromResult(Advance());

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

/// <summary>New readings, in memory.</summary>
internal sealed class MemoryRun(CuratedRow[] sorted) : CuratedRun
{
    private int _next;

    protected override bool TryNext(out CuratedRow row)
    {
        if (_next == sorted.Length)
        {
            row = default;
            return false;
        }

        row = sorted[_next++];
        return true;
    }

    /// <summary>Sorts readings: device, metric, time, arrival.</summary>
    public static void Sort(CuratedRow[] rows)
    {
        CuratedSeries.RankAll([.. rows.Select(r => r.Series).Distinct()]);
        rows.AsSpan().Sort(default(Order));
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

/// <summary>Data files whose rows follow each other, one loaded at a time; each is checked against its manifest before a row is used.</summary>
internal sealed class FileRun(IObjectStore store, IReadOnlyList<ManifestFile> files) : CuratedRun
{
    private CuratedFileReader? _reader;
    private int _next;

    /// <exception cref="DamagedFileException">A file is missing or not what its manifest says.</exception>
    /// <exception cref="SchemaDriftException">Its columns are not its schema's.</exception>
    public override async Task<bool> Open(CancellationToken cancellation)
    {
        while (_next < files.Count)
        {
            _reader?.Dispose();
            _reader = new CuratedFileReader(await CuratedFiles.Get(store, files[_next], verify: true, cancellation), files[_next].Schema);
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
        if (_reader is not null)
            return _reader.Next(out row);
        row = default;
        return false;
    }
}
