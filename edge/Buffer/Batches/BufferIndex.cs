using System.Runtime.InteropServices;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// The batches held and who has acknowledged them, in memory: totals and ranges, nothing per batch, so that a week's backlog costs
/// no more than an hour's. The file has the same, and is read again after a failure. Guarded by the buffer's lock.
/// </summary>
internal sealed class BufferIndex
{
    public required string StreamId { get; set; }

    /// <summary>
    /// The highest sequence known to have been sent under this stream's id; it may lag behind by what was sent since the last commit.
    /// </summary>
    public long SentThrough { get; set; }

    public long Last { get; set; }

    public long Batches { get; set; }

    public long Readings { get; set; }

    public long Bytes { get; set; }

    /// <summary>The slots in which the ordinary batches lie.</summary>
    public SlotTable Slots { get; init; } = new([], 0);

    public long NextLossId { get; set; } = 1;

    /// <summary>For each level of <see cref="Thinning"/>, the sequence up to which it is done.</summary>
    public long[] Thinned { get; init; } = new long[Thinning.Levels + 1];

    public SortedDictionary<string, long> LossTotals { get; init; } = new(StringComparer.Ordinal);

    public List<LossRecord> Losses { get; init; } = [];

    /// <summary>Losses that a commit under way makes or enlarges; not to be handed out before it is durable.</summary>
    public HashSet<long> Unpublished { get; } = [];

    /// <summary>The alarms held.</summary>
    public SequenceSet Alarms { get; init; } = new();

    public List<DestinationCursor> Destinations { get; init; } = [];

    /// <summary>The most acknowledgements that one destination's cursor has waiting for a commit; 0 when there are none.</summary>
    public long MostWaiting
    {
        get
        {
            var most = 0L;
            foreach (var cursor in CollectionsMarshal.AsSpan(Destinations))
                most = Math.Max(most, cursor.Waiting.Count);
            return most;
        }
    }

    /// <summary>Losses up to this id have been handed out and must not grow any more.</summary>
    public long LossesHandedOut { get; set; }

    /// <summary>
    /// The bytes that a batch takes in the file: its bytes, its document's and index node's overhead, and its share of part-filled
    /// pages.
    /// </summary>
    public static long Charge(int payloadBytes) => payloadBytes + (payloadBytes / 32) + 256;

    public DestinationCursor Destination(string name)
    {
        foreach (var cursor in CollectionsMarshal.AsSpan(Destinations))
        {
            if (cursor.Name == name)
                return cursor;
        }

        throw new ArgumentException(
            $"'{name}' is not a destination of this buffer; expected one of {string.Join(", ", Destinations.Select(u => u.Name))}.",
            nameof(name));
    }

    /// <summary>Is the batch in the file, by the last commit?</summary>
    public bool Holds(long sequence)
    {
        if (sequence < 1 || sequence > Last)
            return false;
        foreach (var cursor in CollectionsMarshal.AsSpan(Destinations))
        {
            if (!cursor.Durable.Contains(sequence))
                return true;
        }

        return false;
    }

    /// <summary>The least sequence held from <paramref name="from"/> on; null when there is none.</summary>
    public long? NextHeld(long from)
    {
        var next = Destinations.Min(u => u.Durable.NextMissing(Math.Max(1, from)));
        return next <= Last ? next : null;
    }

    /// <summary>The least ordinary sequence held from <paramref name="from"/> on; null when there is none.</summary>
    public long? NextOrdinary(long from)
    {
        while (NextHeld(from) is { } next)
        {
            var ordinary = Alarms.NextMissing(next);
            if (ordinary == next)
                return next;
            from = ordinary;
        }

        return null;
    }

    /// <summary>The sequences that every destination has: nobody waits for them any more.</summary>
    public SequenceSet Finished()
    {
        var all = Destinations[0].Durable;
        for (var i = 1; i < Destinations.Count; i++)
            all = all.Intersect(Destinations[i].Durable);
        return all;
    }

    /// <summary>Of a range that <paramref name="cursor"/> is about to have, the parts that all others have: their documents go.</summary>
    public IEnumerable<SequenceRange> Freed(DestinationCursor cursor, long first, long last)
    {
        IEnumerable<SequenceRange> parts = [.. cursor.Durable.Outside(first, last)];
        foreach (var other in Destinations)
        {
            if (other != cursor)
                parts = [.. parts.SelectMany(p => other.Durable.Inside(p.First, p.Last))];
        }

        return parts;
    }
}
