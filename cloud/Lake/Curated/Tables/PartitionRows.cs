using System.Buffers;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>A partition's new readings, object by object, in arrays that are used again.</summary>
internal sealed class PartitionRows : IDisposable
{
    private const int FirstChunk = 32;
    private const int LargestChunk = 16_384;

    private readonly List<CuratedRow[]> _chunks = [];
    private readonly List<(string Source, int End, int Flagged)> _sources = [];
    private int _inLast;
    private int _count;

    public IEnumerable<string> Sources => _sources.Select(s => s.Source);

    /// <summary>Sources with their readings, and how many of these have a value that cannot be what it claims.</summary>
    public IEnumerable<(string Source, int Readings, int Flagged)> Figures =>
        _sources.Select((s, i) => (s.Source, s.End - (i == 0 ? 0 : _sources[i - 1].End), s.Flagged));

    /// <summary>The figures of the source that was added last.</summary>
    public (string Source, int Readings, int Flagged) Last =>
        (_sources[^1].Source, _sources[^1].End - (_sources.Count > 1 ? _sources[^2].End : 0), _sources[^1].Flagged);

    public void Add(string source, in CuratedRow row)
    {
        if (_chunks.Count == 0 || _inLast == _chunks[^1].Length)
        {
            _chunks.Add(
                ArrayPool<CuratedRow>.Shared.Rent(_chunks.Count == 0 ? FirstChunk : Math.Min(_chunks[^1].Length * 2, LargestChunk)));
            _inLast = 0;
        }

        _chunks[^1][_inLast++] = row;
        _count++;
        var flagged = ((Quality)row.Quality & Observation.Unusable) == Quality.Good ? 0 : 1;
        if (_sources.Count > 0 && _sources[^1].Source == source)
            _sources[^1] = (source, _count, _sources[^1].Flagged + flagged);
        else
            _sources.Add((source, _count, flagged));
    }

    /// <summary>Adds the readings of those objects.</summary>
    public void CopyTo(RowBuffer to, IReadOnlySet<string> sources)
    {
        to.Reserve(Figures.Where(f => sources.Contains(f.Source)).Sum(f => f.Readings));
        var (i, source, end, wanted) = (0, -1, 0, false);
        foreach (var chunk in _chunks)
        {
            for (var at = 0; at < chunk.Length && i < _count; at++, i++)
            {
                if (i == end)
                {
                    end = _sources[++source].End;
                    wanted = sources.Contains(_sources[source].Source);
                }

                if (wanted)
                    to.Add(chunk[at]);
            }
        }
    }

    public void Dispose()
    {
        foreach (var chunk in _chunks)
            ArrayPool<CuratedRow>.Shared.Return(chunk, clearArray: true);
        _chunks.Clear();
    }
}

/// <summary>Rows in one array that grows and is used again.</summary>
internal sealed class RowBuffer
{
    private const int Step = 65_536;

    private CuratedRow[] _rows = [];

    public int Count { get; private set; }

    public Span<CuratedRow> Rows => _rows.AsSpan(0, Count);

    public ref readonly CuratedRow this[int index] => ref _rows[index];

    /// <summary>Makes room, so that the array is not made twice.</summary>
    public void Reserve(int more)
    {
        if (Count + more > _rows.Length)
            Array.Resize(ref _rows, (Count + more + Step - 1) / Step * Step);
    }

    public void Add(in CuratedRow row)
    {
        if (Count == _rows.Length)
            Array.Resize(ref _rows, Math.Max(Step, Count * 2));
        _rows[Count++] = row;
    }

    public void Clear()
    {
        Rows.Clear(); // lets go of the texts
        Count = 0;
    }
}
