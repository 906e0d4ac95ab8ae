using System.Runtime.InteropServices;

namespace IotGateway.Edge.Buffer;

/// <summary>A range of sequences, both ends included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SequenceRange(long First, long Last)
{
    public long Count => Last - First + 1;
}

/// <summary>A set of sequences kept as ranges that neither overlap nor touch, ascending. Not safe for threads.</summary>
internal sealed class RangeSet
{
    private readonly List<SequenceRange> _ranges = [];

    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    /// <summary>How many sequences the set holds.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a range, and answers the one it became together with those it swallowed.</summary>
    public SequenceRange Add(long first, long last, ICollection<SequenceRange>? swallowed = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        var start = FirstEndingAtOrAfter(first - 1);
        var end = start;
        while (end < _ranges.Count && _ranges[end].First <= last + 1)
        {
            first = Math.Min(first, _ranges[end].First);
            last = Math.Max(last, _ranges[end].Last);
            Count -= _ranges[end].Count;
            swallowed?.Add(_ranges[end]);
            end++;
        }

        var whole = new SequenceRange(first, last);
        if (end > start)
        {
            _ranges[start] = whole;
            _ranges.RemoveRange(start + 1, end - start - 1);
        }
        else
        {
            _ranges.Insert(start, whole);
        }

        Count += whole.Count;
        return whole;
    }

    public void AddAll(RangeSet other)
    {
        foreach (var range in other._ranges)
            Add(range.First, range.Last);
    }

    public void Remove(long first, long last)
    {
        foreach (var part in Inside(first, last).ToList())
        {
            var at = FirstEndingAtOrAfter(part.First);
            var whole = _ranges[at];
            _ranges.RemoveAt(at);
            if (part.Last < whole.Last)
                _ranges.Insert(at, new(part.Last + 1, whole.Last));
            if (whole.First < part.First)
                _ranges.Insert(at, new(whole.First, part.First - 1));
            Count -= part.Count;
        }
    }

    public bool Contains(long sequence)
    {
        var at = FirstEndingAtOrAfter(sequence);
        return at < _ranges.Count && _ranges[at].First <= sequence;
    }

    /// <summary>The least sequence from <paramref name="from"/> on that is not in the set.</summary>
    public long NextMissing(long from)
    {
        var at = FirstEndingAtOrAfter(from);
        return at < _ranges.Count && _ranges[at].First <= from ? _ranges[at].Last + 1 : from;
    }

    /// <summary>The least sequence from <paramref name="from"/> on that is in the set; null when there is none.</summary>
    public long? NextHeld(long from)
    {
        var at = FirstEndingAtOrAfter(from);
        return at < _ranges.Count ? Math.Max(from, _ranges[at].First) : null;
    }

    /// <summary>The parts of a range that are in the set.</summary>
    public IEnumerable<SequenceRange> Inside(long first, long last)
    {
        for (var at = FirstEndingAtOrAfter(first); at < _ranges.Count && _ranges[at].First <= last; at++)
            yield return new(Math.Max(first, _ranges[at].First), Math.Min(last, _ranges[at].Last));
    }

    /// <summary>The parts of a range that are not in the set.</summary>
    public IEnumerable<SequenceRange> Outside(long first, long last)
    {
        foreach (var part in Inside(first, last))
        {
            if (first < part.First)
                yield return new(first, part.First - 1);
            first = part.Last + 1;
        }

        if (first <= last)
            yield return new(first, last);
    }

    public RangeSet Intersect(RangeSet other)
    {
        var both = new RangeSet();
        foreach (var range in _ranges)
        {
            foreach (var part in other.Inside(range.First, range.Last))
                both.Add(part.First, part.Last);
        }

        return both;
    }

    private int FirstEndingAtOrAfter(long sequence)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].Last < sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
