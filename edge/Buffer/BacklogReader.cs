using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Files;
using IotGateway.Edge.Buffer.Writing;
using IotGateway.Storage.WriteAhead;

namespace IotGateway.Edge.Buffer;

/// <summary>
/// Reads batches that destinations wait for, each by its key, so that memory stays flat however long the backlog is. What turns out to
/// be damaged is handed to the writer: a batch to be counted as lost, a page to be salvaged.
/// </summary>
internal sealed class BacklogReader(BufferFiles files, PublishedIndex published, Committer committer, ILogger log)
{
    /// <summary>See <see cref="BatchBuffer.Read"/>.</summary>
    public List<BufferedBatch> Read(string destination, long from, int maxBatches, long maxBytes, BatchKind? kind)
    {
        var batches = new List<BufferedBatch>(Math.Min(maxBatches, 64));
        var bytes = 0L;
        for (var next = from; batches.Count < maxBatches && (batches.Count == 0 || bytes < maxBytes);)
        {
            // The lock is taken for each batch, so that a long read does not hold up the writer.
            lock (published.Gate)
            {
                if (!files.IsOpen || Next(published.Now.Destination(destination), next, kind) is not { } sequence
                    || !TryFind(sequence, out var batch))
                    break;
                next = sequence + 1;
                if (batch is null)
                    continue;
                if (batches.Count > 0 && bytes + batch.Payload.Length > maxBytes)
                    break;
                batches.Add(batch);
                bytes += batch.Payload.Length;
            }
        }

        return batches;
    }

    /// <summary>
    /// Called under the gate. False where the files turned out to be damaged; the writer then salvages them. A null batch is one to
    /// pass over.
    /// </summary>
    public bool TryFind(long sequence, out BufferedBatch? batch)
    {
        batch = null;
        try
        {
            var kind = published.Now.Alarms.Contains(sequence) ? BatchKind.Alarm : BatchKind.Ordinary;
            batch = files.Store.Find(published.Now, sequence, kind);
            if (batch is null && published.Now.Holds(sequence))
            {
                log.BatchDamaged(sequence);
                committer.Requests.Drop(sequence, LossCause.Damaged);
            }

            return true;
        }
        catch (PageDamagedException e)
        {
            committer.ReportDamage(e);
            return false;
        }
    }

    private long? Next(DestinationCursor cursor, long from, BatchKind? kind)
    {
        for (var next = Math.Max(1, from); ;)
        {
            next = cursor.Known.NextMissing(next);
            var fits = kind switch
            {
                BatchKind.Alarm => published.Now.Alarms.NextHeld(next) ?? long.MaxValue,
                BatchKind.Ordinary => published.Now.Alarms.NextMissing(next),
                _ => next,
            };
            if (next > published.Last || fits > published.Last)
                return null;
            if (fits == next)
                return next;
            next = fits;
        }
    }
}
