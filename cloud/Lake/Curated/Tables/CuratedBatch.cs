using ParquetSharp;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>The readers of a row group's columns; null where the file has none.</summary>
internal sealed class CuratedGroup(RowGroupReader group, int[] index) : IDisposable
{
    private readonly ColumnReader?[] _columns = [.. index.Select(i => i < 0 ? null : group.Column(i))];

    /// <summary>Rows not read yet.</summary>
    public long Left { get; set; } = group.MetaData.NumRows;

    public ColumnReader<T>? Column<T>(int column)
        where T : unmanaged => (ColumnReader<T>?)_columns[column];

    public void Dispose()
    {
        foreach (var column in _columns)
            column?.Dispose();
    }
}

/// <summary>Some rows of a row group, made from its columns. Rows of one series that follow each other share one object.</summary>
internal sealed class CuratedBatch(int capacity)
{
    private readonly CuratedTexts _devices = new(capacity), _metrics = new(capacity), _units = new(capacity);
    private readonly CuratedTexts _gateways = new(capacity), _hives = new(capacity), _sites = new(capacity);
    private readonly long[] _times = new long[capacity], _received = new long[capacity];
    private readonly double[] _values = new double[capacity];
    private readonly int[] _qualities = new int[capacity];
    private CuratedSeries? _series;

    public CuratedRow[] Rows { get; } = new CuratedRow[capacity];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Reads the next rows; false when there are none.</summary>
    public bool Fill(CuratedGroup group)
    {
        if (group.Left < 0)
            throw new InvalidDataException($"A row group of a data file cannot have {group.Left} rows.");
        var count = Count = (int)Math.Min(capacity, group.Left);
        group.Left -= count;
        if (count == 0)
            return false;

        var devices = _devices.Read(group.Column<ByteArray>(0), count);
        var metrics = _metrics.Read(group.Column<ByteArray>(1), count);
        Read(group, 2, _times);
        Read(group, 3, _values);
        var units = _units.Read(group.Column<ByteArray>(4), count);
        Read(group, 5, _qualities);
        Read(group, 6, _received);
        var gateways = _gateways.Read(group.Column<ByteArray>(7), count);
        var hives = _hives.ReadOptional(group.Column<ByteArray>(8), count);
        var sites = _sites.ReadOptional(group.Column<ByteArray>(9), count);
        for (var i = 0; i < count; i++)
        {
            if (_series is not { } s || s.Device != devices[i] || s.Metric != metrics[i] || s.Unit != units[i] || s.Hive != hives[i]
                || s.Site != sites[i])
                _series = new CuratedSeries(devices[i]!, metrics[i]!, units[i]!, hives[i], sites[i]);
            Rows[i] = new CuratedRow
            {
                Series = _series,
                Gateway = gateways[i]!,
                Time = _times[i],
                Value = _values[i],
                Received = _received[i] * TimeSpan.TicksPerMicrosecond,
                Quality = _qualities[i],
            };
        }

        return true;
    }

    private void Read<T>(CuratedGroup group, int column, T[] values)
        where T : unmanaged
    {
        if (group.Column<T>(column) is not { } reader)
        {
            Array.Clear(values, 0, Count);
            return;
        }

        for (var done = 0; done < Count;)
        {
            reader.ReadBatch(Count - done, values.AsSpan(done, Count - done), out var read);
            if (read == 0)
                throw new InvalidDataException("A column ends before its row group.");
            done += (int)read;
        }
    }
}
