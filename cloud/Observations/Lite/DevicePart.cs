using System.Buffers.Binary;
using System.Text;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// All series of a device within one day, or one hour of a day that has too many entries: one document, so that a frame of ten metrics
/// is one write. Each series is its name and its <see cref="DayChunk"/>, packed. A day that is kept by the hour holds their summaries
/// instead.
/// </summary>
internal sealed class DevicePart(PartKey key, bool isNew)
{
    /// <summary>About what an observation more takes in memory.</summary>
    public const int AddedBytes = 20;

    private const int SeriesBytes = 120;

    private readonly Dictionary<string, DayChunk> _series = new(StringComparer.Ordinal);
    private Dictionary<string, byte[]>? _summaries;
    private int _writes;

    public PartKey Key => key;

    public bool IsNew { get; private set; } = isNew;

    public bool IsChanged { get; private set; }

    /// <summary>True where the file does not have it as it is here.</summary>
    public bool IsUnwritten => IsChanged || _writes > 0;

    /// <summary>True for a day that is kept by the hour.</summary>
    public bool IsByHour => _summaries is not null;

    public int Entries { get; private set; }

    /// <summary>About what it takes in memory.</summary>
    public int Bytes { get; private set; } = SeriesBytes;

    /// <summary>Hours of a day kept by the hour whose summaries are older than their observations, a bit each.</summary>
    public uint StaleHours { get; private set; }

    public IReadOnlyDictionary<string, DayChunk> Series => _series;

    public static DevicePart From(PartKey key, BsonDocument document)
    {
        var part = new DevicePart(key, isNew: false);
        foreach (var (metric, packed) in Unpack(document["d"]))
            part.Put(metric, new DayChunk(packed));
        if (document.TryGetValue("h", out var summaries))
            part._summaries = Unpack(summaries).ToDictionary(s => s.Metric, s => s.Packed, StringComparer.Ordinal);
        return part;
    }

    private BsonDocument ToDocument()
    {
        var document = new BsonDocument
        {
            ["_id"] = key.Value,
            ["d"] = Pack(_series.Select(s => (s.Key, (ReadOnlyMemory<byte>)s.Value.Packed.ToArray()))),
        };
        if (_summaries is not null)
            document["h"] = Pack(_summaries.Select(s => (s.Key, (ReadOnlyMemory<byte>)s.Value)));
        return document;
    }

    public DayChunk Chunk(string metric)
    {
        if (!_series.TryGetValue(metric, out var chunk))
            Put(metric, chunk = new DayChunk([]));
        return chunk;
    }

    /// <summary>Takes a series over that had its place elsewhere.</summary>
    public void Take(string metric, DayChunk chunk)
    {
        Put(metric, chunk);
        IsChanged = true;
    }

    /// <summary>Notes that an observation was added to one of its chunks.</summary>
    /// <returns>About how many bytes it has grown.</returns>
    public int Added()
    {
        Entries++;
        Bytes += AddedBytes;
        IsChanged = true;
        return AddedBytes;
    }

    /// <summary>Notes that an hour's observations changed.</summary>
    public void AddedTo(int hour)
    {
        StaleHours |= 1u << hour;
        IsChanged = true;
    }

    /// <summary>Gives the observations away, to be kept by the hour from now on.</summary>
    public IEnumerable<(int Hour, string Metric, DayChunk Chunk)> Split()
    {
        var parts = _series.SelectMany(s => s.Value.ByHour().Select(h => (h.Hour, s.Key, h.Chunk))).ToList();
        _series.Clear();
        _summaries = new(StringComparer.Ordinal);
        (Entries, Bytes) = (0, SeriesBytes);
        return parts;
    }

    /// <summary>A series' summary of the day; empty when it has none. Only of a day kept by the hour.</summary>
    public byte[] Summary(string metric) => _summaries!.GetValueOrDefault(metric, []);

    /// <summary>Puts an hour's summary in place of what stood there.</summary>
    public void Summarise(int hour, DevicePart observations)
    {
        foreach (var (metric, chunk) in observations.Series)
            _summaries![metric] = DaySummary.Replace(Summary(metric), hour, DaySummary.Pack(chunk.Observations(key.Day)));
        StaleHours &= ~(1u << hour);
    }

    /// <summary>Its document as it is now, which is being written from now on until <see cref="Written"/>.</summary>
    public BsonDocument Take()
    {
        (IsNew, IsChanged) = (false, false);
        _writes++;
        return ToDocument();
    }

    public void Written() => _writes--;

    private void Put(string metric, DayChunk chunk)
    {
        _series[metric] = chunk;
        Entries += chunk.Count;
        Bytes += SeriesBytes + chunk.Packed.Length;
    }

    private static byte[] Pack(IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> all)
    {
        var parts = all.Select(a => (Name: Encoding.UTF8.GetBytes(a.Name), a.Bytes)).ToArray();
        var packed = new byte[parts.Sum(p => 2 + p.Name.Length + 4 + p.Bytes.Length)];
        var rest = packed.AsSpan();
        foreach (var (name, bytes) in parts)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)name.Length);
            name.CopyTo(rest[2..]);
            rest = rest[(2 + name.Length)..];
            BinaryPrimitives.WriteInt32LittleEndian(rest, bytes.Length);
            bytes.Span.CopyTo(rest[4..]);
            rest = rest[(4 + bytes.Length)..];
        }

        return packed;
    }

    private static List<(string Metric, byte[] Packed)> Unpack(BsonValue packed)
    {
        var all = new List<(string, byte[])>();
        for (var rest =
            (packed.AsBinary ?? throw new InvalidDataException("A document of the hot store does not hold what it should.")).AsSpan();
            rest.Length > 0;)
        {
            var name = rest.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(rest));
            rest = rest[(2 + name.Length)..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            all.Add((Encoding.UTF8.GetString(name), rest.Slice(4, length).ToArray()));
            rest = rest[(4 + length)..];
        }

        return all;
    }
}
