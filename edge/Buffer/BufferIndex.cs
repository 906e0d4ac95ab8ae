using System.Runtime.InteropServices;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Buffer;

/// <summary>What one uplink has acknowledged.</summary>
internal sealed class DestinationCursor(string name, int number)
{
    public string Name { get; } = name;

    /// <summary>Its key in the file.</summary>
    public int Number { get; } = number;

    /// <summary>As the last commit has it.</summary>
    public SequenceSet Durable { get; set; } = new();

    /// <summary>Acknowledged since, waiting for a commit.</summary>
    public SequenceSet Waiting { get; set; } = new();

    /// <summary>Both: what the uplink need not send.</summary>
    public SequenceSet Known { get; set; } = new();

    public void Acknowledge(long first, long last)
    {
        Waiting.Add(first, last);
        Known.Add(first, last);
    }
}

/// <summary>
/// What the buffer holds and who has acknowledged it, in memory: totals and ranges, nothing per batch, so that a week's backlog costs
/// no more than an hour's. The file has the same, and is read again after a failure. Guarded by the buffer's lock.
/// </summary>
internal sealed class BufferIndex
{
    public required string StreamId { get; set; }

    /// <summary>The highest sequence known to have been sent under this stream's id; it may lag behind by what was sent since the last commit.</summary>
    public long SentThrough { get; set; }

    public long Last { get; set; }

    public long Batches { get; set; }

    public long Readings { get; set; }

    public long Bytes { get; set; }

    /// <summary>Where the ordinary batches lie that are not in the file's first layout.</summary>
    public SlotTable Places { get; init; } = new([], 0);

    public long NextLossId { get; set; } = 1;

    /// <summary>For each level of <see cref="Thinning"/>, the sequence up to which it is done.</summary>
    public long[] Thinned { get; init; } = new long[Thinning.Levels + 1];

    public SortedDictionary<string, long> LossTotals { get; init; } = new(StringComparer.Ordinal);

    public List<LossRecord> Losses { get; init; } = [];

    /// <summary>Losses that a commit under way makes or enlarges; not to be handed out before it is durable.</summary>
    public HashSet<long> Unpublished { get; } = [];

    /// <summary>The alarms held.</summary>
    public SequenceSet Alarms { get; init; } = new();

    public List<DestinationCursor> Uplinks { get; init; } = [];

    /// <summary>Losses up to this id have been handed out and must not grow any more.</summary>
    public long LossesHandedOut { get; set; }

    /// <summary>What a batch takes in the file: its bytes, its document's and index node's overhead, and its share of part-filled pages.</summary>
    public static long Charge(int payloadBytes) => payloadBytes + (payloadBytes / 32) + 256;

    public DestinationCursor Uplink(string name)
    {
        foreach (var cursor in CollectionsMarshal.AsSpan(Uplinks))
        {
            if (cursor.Name == name)
                return cursor;
        }

        throw new ArgumentException($"'{name}' is not an uplink of this buffer; expected one of {string.Join(", ", Uplinks.Select(u => u.Name))}.", nameof(name));
    }

    /// <summary>Is the batch in the file, by the last commit?</summary>
    public bool Holds(long sequence)
    {
        if (sequence < 1 || sequence > Last)
            return false;
        foreach (var cursor in CollectionsMarshal.AsSpan(Uplinks))
        {
            if (!cursor.Durable.Contains(sequence))
                return true;
        }

        return false;
    }

    /// <summary>The least sequence held from <paramref name="from"/> on; null when there is none.</summary>
    public long? NextHeld(long from)
    {
        var next = Uplinks.Min(u => u.Durable.NextMissing(Math.Max(1, from)));
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

    /// <summary>What nobody waits for any more: the sequences that every uplink has.</summary>
    public SequenceSet Finished()
    {
        var all = Uplinks[0].Durable;
        for (var i = 1; i < Uplinks.Count; i++)
            all = all.Intersect(Uplinks[i].Durable);
        return all;
    }

    /// <summary>Of a range that <paramref name="cursor"/> is about to have, the parts that all others have: their documents go.</summary>
    public IEnumerable<SequenceRange> Freed(DestinationCursor cursor, long first, long last)
    {
        IEnumerable<SequenceRange> parts = [.. cursor.Durable.Outside(first, last)];
        foreach (var other in Uplinks)
        {
            if (other != cursor)
                parts = [.. parts.SelectMany(p => other.Durable.Inside(p.First, p.Last))];
        }

        return parts;
    }
}
