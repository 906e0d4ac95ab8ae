using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// One commit's changes to batches, cursors and losses, kept equal in file and index. Losses are written in the same commit as the
/// removal that caused them.
/// </summary>
internal sealed class Transaction(BatchStore store, BufferIndex index, DateTimeOffset now)
{
    private readonly Dictionary<string, LossRecord> _lost = new(StringComparer.Ordinal);

    /// <summary>Acknowledgements that this commit makes durable, to be put back if it fails.</summary>
    public List<(DestinationCursor Cursor, SequenceRange Range)> Acknowledged { get; } = [];

    /// <summary>Losses as they are after this commit.</summary>
    public List<LossRecord> Losses { get; } = [];

    public void Append(BatchKind kind, int readings, ReadOnlyMemory<byte> payload)
    {
        index.Last++;
        store.Insert(index, new BufferedBatch(index.Last, kind, readings, now, payload));
    }

    /// <summary>
    /// Applies what destinations have acknowledged, deleting at most <paramref name="deletions"/> batches; the rest waits for the next
    /// commit.
    /// </summary>
    public void Acknowledge(int deletions)
    {
        foreach (var cursor in index.Destinations)
        {
            while (deletions > 0 && cursor.Waiting.Ranges is [var range, ..])
            {
                var last = range.Last;
                foreach (var part in index.Freed(cursor, range.First, range.Last))
                {
                    var end = Math.Min(part.Last, part.First + deletions - 1);
                    store.Delete(index, part.First, end, erase: false);
                    deletions -= (int)(end - part.First + 1);
                    if (deletions > 0)
                        continue;
                    last = end;
                    break;
                }

                store.Acknowledge(cursor, range.First, last);
                cursor.Waiting.Remove(range.First, last);
                Acknowledged.Add((cursor, new(range.First, last)));
            }
        }
    }

    public void Thin(BufferedBatch batch, ReadOnlyMemory<byte> payload, int readings)
    {
        store.Replace(index, batch, batch with { Payload = payload, Readings = readings });
        Lose(batch.Sequence, batch.Readings - readings, LossCause.Thinned);
    }

    /// <summary>Removes a batch that not every destination has; all their cursors pass it.</summary>
    public void Drop(long sequence, string cause)
    {
        var readings = store.Delete(index, sequence, sequence, erase: true);
        Lose(sequence, cause == LossCause.Split ? 0 : readings, cause);
        foreach (var cursor in index.Destinations)
        {
            store.Acknowledge(cursor, sequence, sequence);
            cursor.Waiting.Remove(sequence, sequence);
        }
    }

    public void Lose(long sequence, long readings, string cause) =>
        _lost[cause] = _lost.TryGetValue(cause, out var so)
            ? so with { First = Math.Min(so.First, sequence), Last = Math.Max(so.Last, sequence), Readings = so.Readings + readings }
            : new(0, sequence, sequence, readings, cause, now) { Stream = index.StreamId };

    /// <summary>A new stream: what is held and what comes goes on under another id; nothing has been sent under that one.</summary>
    public void BeginStream() => (index.StreamId, index.SentThrough) = (Guid.NewGuid().ToString("N"), 0);

    public void ForgetLosses(long throughId)
    {
        store.ForgetLosses(index.Losses.Where(l => l.Id <= throughId).Select(l => l.Id));
        index.Losses.RemoveAll(l => l.Id <= throughId);
    }

    /// <summary>Ends the transaction in memory.</summary>
    public void Commit()
    {
        foreach (var lost in _lost.Values)
        {
            var loss = Join(lost);
            store.Put(loss);
            Losses.Add(loss);
            index.Unpublished.Add(loss.Id);
            index.LossTotals[lost.Cause] = index.LossTotals.GetValueOrDefault(lost.Cause) + lost.Readings;
        }

        store.Commit(index);
    }

    /// <summary>
    /// A loss joins the record of its cause that nobody has been told of yet, so that a week of thinning makes few records.
    /// </summary>
    private LossRecord Join(LossRecord lost) =>
        index.Losses.FindLast(l => l.Cause == lost.Cause && l.Id > index.LossesHandedOut && l.Stream == lost.Stream) is { } open
            ? open with
            {
                First = Math.Min(open.First, lost.First),
                Last = Math.Max(open.Last, lost.Last),
                Readings = open.Readings + lost.Readings,
                At = lost.At,
            }
            : lost with { Id = index.NextLossId++ };
}
