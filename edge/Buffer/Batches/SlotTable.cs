using System.Runtime.InteropServices;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>Sequences that lie at slots one after the other, the first at <paramref name="Slot"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlotRun(long First, long Last, long Slot)
{
    public long LastSlot => Slot + Last - First;
}

/// <summary>
/// The slots in which ordinary batches lie. A batch that every destination has leaves its slot free, and a later batch's document is
/// written over it:
/// to delete a document page by page and to make another costs far more. As batches come and go in order, a few runs of sequences tell
/// all slots; an alarm among them, which lies elsewhere, leaves its slot unused.
/// </summary>
internal sealed class SlotTable
{
    private const int MostRuns = 64;
    private const int LongestSkip = 64;
    private const long LeastGap = 64;
    private readonly List<SlotRun> _runs;

    /// <summary>Slots that surely hold no document.</summary>
    private readonly SequenceSet _empty = new();

    public SlotTable(IEnumerable<SlotRun> runs, long top)
    {
        _runs = [.. runs];
        Top = top;
    }

    /// <summary>The runs, ascending by sequence.</summary>
    public IReadOnlyList<SlotRun> Runs => _runs;

    /// <summary>The highest slot ever taken.</summary>
    public long Top { get; private set; }

    /// <summary>The slot of a sequence; null when it has none.</summary>
    public long? Of(long sequence)
    {
        foreach (var run in CollectionsMarshal.AsSpan(_runs))
        {
            if (sequence <= run.Last)
                return sequence >= run.First ? run.Slot + sequence - run.First : null;
        }

        return null;
    }

    /// <summary>
    /// A free slot for a sequence above all others: behind the newest one's, or the first gap worth it once that would be a new slot.
    /// </summary>
    public long Take(long sequence)
    {
        var slot = Top + 1;
        var joins = false;
        if (_runs.Count > 0 && (sequence - _runs[^1].Last <= LongestSkip || _runs.Count >= MostRuns))
        {
            var next = _runs[^1].Slot + sequence - _runs[^1].First;
            joins = !Taken(_runs[^1].LastSlot + 1, next);
            slot = joins ? next : slot;
        }

        if (slot > Top && _runs.Count < MostRuns && Gap() is { } gap)
            (slot, joins) = (gap, false);
        if (joins)
            _runs[^1] = _runs[^1] with { Last = sequence };
        else
            _runs.Add(new(sequence, sequence, slot));
        if (slot > Top + 1)
            _empty.Add(Top + 1, slot - 1);
        Top = Math.Max(Top, slot);
        _empty.Remove(slot, slot);
        return slot;
    }

    /// <summary>Frees the slots of leading sequences that are no longer held.</summary>
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
                _runs[i] = new(first, run.Last, run.Slot + first - run.First);
        }
    }

    /// <summary>The document of a slot has been deleted.</summary>
    public void NoteEmpty(long slot) => _empty.Add(slot, slot);

    /// <summary>The least free slot that may hold a document; null when there is none.</summary>
    public long? NextFull(long from)
    {
        for (var before = from - 1; before != from;)
        {
            // Runs and empty slots may lie behind one another in any order.
            before = from;
            from = _empty.NextMissing(from);
            foreach (var run in CollectionsMarshal.AsSpan(_runs))
                from = from >= run.Slot && from <= run.LastSlot ? run.LastSlot + 1 : from;
        }

        return from <= Top ? from : null;
    }

    private bool Taken(long first, long last) => _runs.Exists(r => r.Slot <= last && r.LastSlot >= first);

    private long? Gap()
    {
        var least = Math.Clamp(Top / 8, 1, LeastGap);
        var free = 1L;
        foreach (var run in _runs.OrderBy(r => r.Slot))
        {
            if (run.Slot - free >= least)
                return free;
            free = run.LastSlot + 1;
        }

        return Top + 1 - free >= least ? free : null;
    }
}
