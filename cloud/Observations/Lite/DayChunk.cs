using System.Buffers.Binary;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// One series' observations within one UTC day, packed: 14 bytes each, sorted by time. Milliseconds of the day (u32), value (f64),
/// quality (u16), little-endian.
/// </summary>
internal sealed class DayChunk
{
    private const int EntryBytes = 14;
    private const int LeastEntries = 8;

    private byte[] _entries;
    private int _length;

    public DayChunk(ReadOnlySpan<byte> packed)
    {
        _length = packed.Length / EntryBytes * EntryBytes;
        _entries = packed[.._length].ToArray();
    }

    public int Count => _length / EntryBytes;

    public ReadOnlySpan<byte> Packed => _entries.AsSpan(0, _length);

    /// <summary>Adds an observation where its time has none; otherwise answers with the value that stays.</summary>
    public bool TryAdd(DateTimeOffset time, double value, Quality quality, out double standing)
    {
        var millisecond = (uint)(time.UtcTicks % TimeSpan.TicksPerDay / TimeSpan.TicksPerMillisecond);
        var at = _length == 0 || MillisecondAt(_length - EntryBytes) < millisecond ? _length : LowerBound(millisecond) * EntryBytes;
        if (at < _length && MillisecondAt(at) == millisecond)
        {
            standing = ValueAt(at);
            return false;
        }

        if (_length == _entries.Length)
            Array.Resize(ref _entries, Math.Max(_length * 2, LeastEntries * EntryBytes));
        _entries.AsSpan(at, _length - at).CopyTo(_entries.AsSpan(at + EntryBytes));
        _length += EntryBytes;
        var entry = _entries.AsSpan(at, EntryBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(entry, millisecond);
        BinaryPrimitives.WriteDoubleLittleEndian(entry[4..], value);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[12..], (ushort)quality);
        standing = value;
        return true;
    }

    /// <summary>True where a time has an observation.</summary>
    public bool Holds(DateTimeOffset time)
    {
        var millisecond = (uint)(time.UtcTicks % TimeSpan.TicksPerDay / TimeSpan.TicksPerMillisecond);
        var at = LowerBound(millisecond) * EntryBytes;
        return at < _length && MillisecondAt(at) == millisecond;
    }

    /// <summary>The same, one chunk an hour of the day that has entries.</summary>
    public IEnumerable<(int Hour, DayChunk Chunk)> ByHour()
    {
        for (var (from, hour) = (0, 0); hour < 24; hour++)
        {
            var to = LowerBound((uint)(hour + 1) * 3_600_000) * EntryBytes;
            if (to > from)
                yield return (hour, new DayChunk(_entries.AsSpan(from, to - from)));
            from = to;
        }
    }

    /// <summary>The observations of the day that begins at <paramref name="day"/>, in time order.</summary>
    public IEnumerable<Observation> Observations(DateTimeOffset day)
    {
        for (var at = 0; at < _length; at += EntryBytes)
            yield return At(day, at);
    }

    /// <summary>Adds to <paramref name="found"/> what lies in a range of times, until there are <paramref name="limit"/>.</summary>
    public void CopyTo(List<Observation> found, DateTimeOffset day, DateTimeOffset from, DateTimeOffset to, int limit)
    {
        for (var at = 0; at < _length && found.Count < limit; at += EntryBytes)
        {
            var observation = At(day, at);
            if (observation.Time >= to)
                return;
            if (observation.Time >= from)
                found.Add(observation);
        }
    }

    private Observation At(DateTimeOffset day, int at) => new(
        day.AddTicks(MillisecondAt(at) * TimeSpan.TicksPerMillisecond), ValueAt(at),
        (Quality)BinaryPrimitives.ReadUInt16LittleEndian(_entries.AsSpan(at + 12)));

    private uint MillisecondAt(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_entries.AsSpan(at));

    private double ValueAt(int at) => BinaryPrimitives.ReadDoubleLittleEndian(_entries.AsSpan(at + 4));

    private int LowerBound(uint millisecond)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (MillisecondAt(middle * EntryBytes) < millisecond)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
