using System.Runtime.InteropServices;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Buffer;

/// <summary>Sequences that lie at places one after the other, the first at <paramref name="Place"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlotRun(long First, long Last, long Place)
{
    public long LastPlace => Place + Last - First;
}

/// <summary>
/// Where ordinary batches lie. A batch that every uplink has leaves its place free, and a later batch's document is written over it:
/// to delete a document page by page and to make another costs far more. As batches come and go in order, a few runs of sequences tell
/// all places; an alarm among them, which lies elsewhere, leaves its place unused.
/// </summary>
internal sealed class SlotTable
{
    private const int MostRuns = 64;
    private const int LongestSkip = 64;
    private const long LeastGap = 64;
    private readonly List<SlotRun> _runs;

    /// <summary>Places that surely hold no document.</summary>
    private readonly SequenceSet _empty = new();

    public SlotTable(IEnumerable<SlotRun> runs, long top)
    {
        _runs = [.. runs];
        Top = top;
    }

    /// <summary>The runs, ascending by sequence.</summary>
    public IReadOnlyList<SlotRun> Runs => _runs;

    /// <summary>The highest place ever taken.</summary>
    public long Top { get; private set; }

    /// <summary>The place of a sequence; null when it lies elsewhere.</summary>
    public long? Of(long sequence)
    {
        foreach (var run in CollectionsMarshal.AsSpan(_runs))
        {
            if (sequence <= run.Last)
                return sequence >= run.First ? run.Place + sequence - run.First : null;
        }

        return null;
    }

    /// <summary>A free place for a sequence above all others: behind the newest one's, or the first gap worth it once that would be a new place.</summary>
    public long Take(long sequence)
    {
        var place = Top + 1;
        var joins = false;
        if (_runs.Count > 0 && (sequence - _runs[^1].Last <= LongestSkip || _runs.Count >= MostRuns))
        {
            var next = _runs[^1].Place + sequence - _runs[^1].First;
            joins = !Taken(_runs[^1].LastPlace + 1, next);
            place = joins ? next : place;
        }

        if (place > Top && _runs.Count < MostRuns && Gap() is { } gap)
            (place, joins) = (gap, false);
        if (joins)
            _runs[^1] = _runs[^1] with { Last = sequence };
        else
            _runs.Add(new(sequence, sequence, place));
        if (place > Top + 1)
            _empty.Add(Top + 1, place - 1);
        Top = Math.Max(Top, place);
        _empty.Remove(place, place);
        return place;
    }

    /// <summary>Frees the places of leading sequences that are no longer held.</summary>
    /// <param name="nextHeld">The least sequence held from one on; null when there is none.</param>
    public void Release(Func<long, long?> nextHeld)
    {
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            var run = _runs[i];
            var first = nextHeld(run.First) ?? long.MaxValue;
            if (first > run.Last)
                _runs.RemoveAt(i);
            else if (first > run.First)
                _runs[i] = new(first, run.Last, run.Place + first - run.First);
        }
    }

    /// <summary>The document of a place has been deleted.</summary>
    public void NoteEmpty(long place) => _empty.Add(place, place);

    /// <summary>The least free place that may hold a document; null when there is none.</summary>
    public long? NextFull(long from)
    {
        for (var before = from - 1; before != from;)
        {
            // Runs and empty places may lie behind one another in any order.
            before = from;
            from = _empty.NextMissing(from);
            foreach (var run in CollectionsMarshal.AsSpan(_runs))
                from = from >= run.Place && from <= run.LastPlace ? run.LastPlace + 1 : from;
        }

        return from <= Top ? from : null;
    }

    private bool Taken(long first, long last) => _runs.Exists(r => r.Place <= last && r.LastPlace >= first);

    private long? Gap()
    {
        var least = Math.Clamp(Top / 8, 1, LeastGap);
        var free = 1L;
        foreach (var run in _runs.OrderBy(r => r.Place))
        {
            if (run.Place - free >= least)
                return free;
            free = run.LastPlace + 1;
        }

        return Top + 1 - free >= least ? free : null;
    }
}
