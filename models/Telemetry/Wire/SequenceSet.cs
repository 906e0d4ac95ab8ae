namespace IotGateway.Telemetry.Wire;

/// <summary>
/// A set of sequences kept as ranges that neither overlap nor touch, ascending, so that a stream of millions that arrived in a few runs
/// stays a few numbers. Not safe for use by several threads at once.
/// </summary>
public sealed class SequenceSet
{
    private readonly List<SequenceRange> _ranges = [];

    /// <summary>An empty set.</summary>
    public SequenceSet()
    {
    }

    /// <summary>A set of the given ranges; they may overlap and stand in any order.</summary>
    public SequenceSet(IEnumerable<SequenceRange> ranges)
    {
        foreach (var range in ranges)
            Add(range.First, range.Last);
    }

    /// <summary>The ranges, ascending, none touching the next.</summary>
    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    /// <summary>The highest sequence up to which nothing is missing, counting from 1; 0 when 1 itself is.</summary>
    public long Contiguous => _ranges.Count > 0 && _ranges[0].First <= 1 ? _ranges[0].Last : 0;

    /// <summary>Number of sequences in the set.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a range, and answers the one it became together with those it swallowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="last"/> is below <paramref name="first"/>.</exception>
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

    /// <summary>Adds all of another set.</summary>
    public void AddAll(SequenceSet other)
    {
        foreach (var range in other._ranges)
            Add(range.First, range.Last);
    }

    /// <summary>Takes a range out; what of it is not in the set does not matter.</summary>
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

    /// <summary>True where a sequence is in the set.</summary>
    public bool Contains(long sequence) => Contains(sequence, sequence);

    /// <summary>True where all from <paramref name="first"/> to <paramref name="last"/> are in the set.</summary>
    public bool Contains(long first, long last)
    {
        var at = FirstEndingAtOrAfter(first);
        return at < _ranges.Count && _ranges[at].First <= first && _ranges[at].Last >= last;
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

    /// <summary>The sequences that are in both sets.</summary>
    public SequenceSet Intersect(SequenceSet other)
    {
        var both = new SequenceSet();
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
