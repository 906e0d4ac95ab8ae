using System.Buffers.Binary;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// One series' observations of one UTC day, packed: 14 bytes each, sorted by time. Milliseconds of the day (u32), value (f64),
/// quality (u16), little-endian.
/// </summary>
internal sealed class DayChunk
{
    private const int EntryBytes = 14;

    private readonly List<(uint Millisecond, double Value, Quality Quality)> _entries;

    public DayChunk(ReadOnlySpan<byte> packed)
    {
        _entries = new List<(uint, double, Quality)>((packed.Length / EntryBytes) + 1);
        for (; packed.Length >= EntryBytes; packed = packed[EntryBytes..])
        {
            _entries.Add((
                BinaryPrimitives.ReadUInt32LittleEndian(packed),
                BinaryPrimitives.ReadDoubleLittleEndian(packed[4..]),
                (Quality)BinaryPrimitives.ReadUInt16LittleEndian(packed[12..])));
        }
    }

    private DayChunk(List<(uint Millisecond, double Value, Quality Quality)> entries) => _entries = entries;

    public int Count => _entries.Count;

    /// <summary>Adds an observation where its time has none; otherwise answers with the value that stays.</summary>
    public bool TryAdd(DateTimeOffset time, double value, Quality quality, out double standing)
    {
        var millisecond = (uint)time.UtcDateTime.TimeOfDay.TotalMilliseconds;
        var index = _entries.Count == 0 || _entries[^1].Millisecond < millisecond ? _entries.Count : LowerBound(millisecond);
        if (index < _entries.Count && _entries[index].Millisecond == millisecond)
        {
            standing = _entries[index].Value;
            return false;
        }

        standing = value;
        _entries.Insert(index, (millisecond, value, quality));
        return true;
    }

    /// <summary>The same, one chunk an hour of the day that has entries.</summary>
    public IEnumerable<(int Hour, DayChunk Chunk)> ByHour() =>
        _entries.GroupBy(e => (int)(e.Millisecond / 3_600_000)).Select(h => (h.Key, new DayChunk([.. h])));

    public byte[] Pack()
    {
        var packed = new byte[_entries.Count * EntryBytes];
        var rest = packed.AsSpan();
        foreach (var (millisecond, value, quality) in _entries)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, millisecond);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[4..], value);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[12..], (ushort)quality);
            rest = rest[EntryBytes..];
        }

        return packed;
    }

    /// <summary>The observations of the day that begins at <paramref name="day"/>, in time order.</summary>
    public IEnumerable<Observation> Observations(DateTimeOffset day) =>
        _entries.Select(e => new Observation(day.AddMilliseconds(e.Millisecond), e.Value, e.Quality));

    private int LowerBound(uint millisecond)
    {
        int low = 0, high = _entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Millisecond < millisecond)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
