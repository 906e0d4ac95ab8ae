using System.Runtime.InteropServices;
using ParquetSharp;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>One row group's columns, filled row by row and used again for the next. For one writer at a time.</summary>
internal sealed unsafe class CuratedColumns : IDisposable
{
    /// <summary>Rows in a group: what a reader may pass over at once.</summary>
    public const int GroupRows = 122_880;

    private const int ArenaBytes = 1 << 20;

    private readonly ByteArray[] _devices =
        new ByteArray[GroupRows], _metrics = new ByteArray[GroupRows], _units = new ByteArray[GroupRows];
    private readonly ByteArray[] _gateways = new ByteArray[GroupRows], _hives = new ByteArray[GroupRows], _sites = new ByteArray[GroupRows];
    private readonly long[] _times = new long[GroupRows], _received = new long[GroupRows];
    private readonly double[] _values = new double[GroupRows];
    private readonly int[] _qualities = new int[GroupRows];
    private readonly short[] _hasHive = new short[GroupRows], _hasSite = new short[GroupRows];
    private readonly List<nint> _arenas = [], _large = [];
    private int _arena = -1, _arenaAt = ArenaBytes, _hiveCount, _siteCount;
    private CuratedSeries? _series;
    private byte[]? _gatewayName;
    private ByteArray _device, _metric, _unit, _hive, _site, _gateway;

    public int Count { get; private set; }

    public ReadOnlySpan<ByteArray> Devices => _devices.AsSpan(0, Count);

    public ReadOnlySpan<ByteArray> Metrics => _metrics.AsSpan(0, Count);

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public ReadOnlySpan<ByteArray> Units => _units.AsSpan(0, Count);

    public ReadOnlySpan<int> Qualities => _qualities.AsSpan(0, Count);

    public ReadOnlySpan<long> Received => _received.AsSpan(0, Count);

    public ReadOnlySpan<ByteArray> Gateways => _gateways.AsSpan(0, Count);

    public ReadOnlySpan<short> HasHive => _hasHive.AsSpan(0, Count);

    /// <summary>Only those there are.</summary>
    public ReadOnlySpan<ByteArray> Hives => _hives.AsSpan(0, _hiveCount);

    public ReadOnlySpan<short> HasSite => _hasSite.AsSpan(0, Count);

    /// <summary>Only those there are.</summary>
    public ReadOnlySpan<ByteArray> Sites => _sites.AsSpan(0, _siteCount);

    /// <summary>Takes a row.</summary>
    /// <returns>Whether the group is full now.</returns>
    public bool Add(in CuratedRow row)
    {
        if (!ReferenceEquals(row.Series, _series))
            Take(row.Series);
        if (!ReferenceEquals(row.Gateway, _gatewayName))
            (_gateway, _gatewayName) = (Pinned(row.Gateway), row.Gateway);

        var i = Count++;
        _devices[i] = _device;
        _metrics[i] = _metric;
        _times[i] = row.Time;
        _values[i] = row.Value;
        _units[i] = _unit;
        _qualities[i] = row.Quality;
        _received[i] = row.Received / TimeSpan.TicksPerMicrosecond;
        _gateways[i] = _gateway;
        if ((_hasHive[i] = row.Series.Hive is null ? (short)0 : (short)1) == 1)
            _hives[_hiveCount++] = _hive;
        if ((_hasSite[i] = row.Series.Site is null ? (short)0 : (short)1) == 1)
            _sites[_siteCount++] = _site;
        return Count == GroupRows;
    }

    public void Clear()
    {
        (Count, _hiveCount, _siteCount) = (0, 0, 0);
        (_series, _gatewayName) = (null, null);
        _arena = _arenas.Count > 0 ? 0 : -1;
        _arenaAt = _arenas.Count > 0 ? 0 : ArenaBytes;
        Free(_large);
    }

    public void Dispose()
    {
        Free(_arenas);
        Free(_large);
        _arena = -1;
        _arenaAt = ArenaBytes;
    }

    private static void Free(List<nint> blocks)
    {
        foreach (var block in blocks)
            NativeMemory.Free((void*)block);
        blocks.Clear();
    }

    private void Take(CuratedSeries series)
    {
        _series = series;
        (_device, _metric, _unit) = (Pinned(series.Device), Pinned(series.Metric), Pinned(series.Unit));
        _hive = series.Hive is null ? default : Pinned(series.Hive);
        _site = series.Site is null ? default : Pinned(series.Site);
    }

    /// <summary>Copies a text to where the collector does not move it; it stays until the group is written.</summary>
    private ByteArray Pinned(byte[] text)
    {
        var place = Room(text.Length);
        text.CopyTo(new Span<byte>((void*)place, text.Length));
        return new ByteArray(place, text.Length);
    }

    private nint Room(int bytes)
    {
        // A unit is what the gateway says: it may be longer than an arena.
        if (bytes > ArenaBytes)
        {
            _large.Add((nint)NativeMemory.Alloc((nuint)bytes));
            return _large[^1];
        }

        if (_arenaAt + bytes > ArenaBytes)
        {
            if (++_arena == _arenas.Count)
                _arenas.Add((nint)NativeMemory.Alloc(ArenaBytes));
            _arenaAt = 0;
        }

        _arenaAt += bytes;
        return _arenas[_arena] + _arenaAt - bytes;
    }
}
