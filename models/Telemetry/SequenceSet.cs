namespace IotGateway.Telemetry;

/// <summary>
/// A set of sequences kept as its ranges, so that a stream of millions that arrived in a few runs stays a few numbers.
/// Not safe for use by several threads at once.
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

    /// <summary>Adds all from <paramref name="first"/> to <paramref name="last"/>; false when all of them were in the set.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="last"/> is below <paramref name="first"/>.</exception>
    public bool Add(long first, long last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var from = FirstEndingAtOrAfter(first - 1);
        if (from < _ranges.Count && _ranges[from].First <= first && _ranges[from].Last >= last)
            return false;

        var to = from;
        while (to < _ranges.Count && _ranges[to].First <= last + 1)
        {
            first = Math.Min(first, _ranges[to].First);
            last = Math.Max(last, _ranges[to].Last);
            to++;
        }

        _ranges.RemoveRange(from, to - from);
        _ranges.Insert(from, new SequenceRange(first, last));
        return true;
    }

    /// <summary>Whether all from <paramref name="first"/> to <paramref name="last"/> are in the set.</summary>
    public bool Contains(long first, long last)
    {
        var index = FirstEndingAtOrAfter(first);
        return index < _ranges.Count && _ranges[index].First <= first && _ranges[index].Last >= last;
    }

    private int FirstEndingAtOrAfter(long sequence)
    {
        int low = 0, high = _ranges.Count;
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
