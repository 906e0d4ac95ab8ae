using System.Runtime.InteropServices;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Files;
using IotGateway.Storage.Pages;
using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Edge.Buffer.Files;

/// <summary>
/// Builds a new pair of files from what a damaged one still holds. Batches keep their sequences, so that an acknowledgement under way
/// cannot hit another batch; the stream gets a new id, because numbers handed out lately may be handed out again.
/// </summary>
internal sealed class Salvager(Disk disk, BufferLimits limits, IReadOnlyList<string> destinations, DiskCounters counters, TimeProvider time)
{
    private const int BatchesACommit = 64;

    /// <summary>Writes the new pair under the salvage's name and answers how many batches it has and how many readings are lost.</summary>
    public (long Batches, long Lost) Run(string name, BufferIndex? before, long published)
    {
        using var pages = new DamagedPages(disk, name);
        var found = Find(pages);
        var known = found.Index();
        if (before is not null && known?.Last != published)
        {
            before.Last = published;
            known = before;
        }

        try
        {
            return Build(pages, found, known);
        }
        catch (Exception e) when (e.IsFull())
        {
            // No room for a second copy: the damaged files stay as they are, and all that waited in them counts as lost.
            found.Heads.Clear();
            return Build(pages, found, known);
        }
    }

    private static Finds Find(DamagedPages pages)
    {
        var finds = new Finds();
        foreach (var (page, slot) in pages.Documents())
        {
            if (BatchHead.TryReadSequence(pages.Start(page, slot), out var sequence, out _))
                finds.Heads.Add(new(sequence, page, slot));
            else if (Parse(pages.Read(page, slot)) is { } document)
                finds.Take(document);
        }

        finds.Heads.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return finds;
    }

    private (long Batches, long Lost) Build(DamagedPages pages, Finds found, BufferIndex? known)
    {
        DamagedPair.Discard(disk);
        using var store = new BatchStore(PageStore.Open(disk, DamagedPair.Salvaged, limits.LogBytes, counters));
        var index = Begin(found, known);
        var finished = known?.Finished() ?? new SequenceSet();
        var saved = new SequenceSet();
        for (var at = 0; at < found.Heads.Count;)
        {
            store.Begin();
            for (var end = Math.Min(at + BatchesACommit, found.Heads.Count); at < end; at++)
            {
                var head = found.Heads[at];
                if (finished.Contains(head.Sequence) || saved.Contains(head.Sequence)
                    || Parse(pages.Read(head.Page, head.Slot)) is not { } document || BatchDocuments.Batch(document) is not { } batch)
                    continue;
                store.Insert(index, batch);
                saved.Add(batch.Sequence, batch.Sequence);
            }

            Commit(store, index);
        }

        var lost = Close(store, index, known, found, finished, saved, pages.IsLogWhole);
        return (index.Batches, lost);
    }

    private BufferIndex Begin(Finds found, BufferIndex? known)
    {
        var index = new BufferIndex
        {
            StreamId = Guid.NewGuid().ToString("N"),
            Last = Math.Max(known?.Last ?? 0, found.Heads.Count > 0 ? found.Heads[^1].Sequence : 0),
            NextLossId = known?.NextLossId ?? 1,
            Thinned = known?.Thinned ?? new long[Thinning.Levels + 1],
            LossTotals = known?.LossTotals ?? new(StringComparer.Ordinal),
        };
        foreach (var (destination, i) in destinations.Select((u, i) => (u, i)))
            index.Destinations.Add(new(destination, i + 1));
        return index;
    }

    /// <summary>Cursors over what is not there any more, and the loss.</summary>
    private long Close(
        BatchStore store, BufferIndex index, BufferIndex? known, Finds found, SequenceSet finished, SequenceSet saved, bool isLogWhole)
    {
        store.Begin();
        foreach (var cursor in index.Destinations)
        {
            var acknowledged = known?.Destinations.Find(u => u.Name == cursor.Name)?.Durable ?? finished;
            foreach (var range in acknowledged.Ranges)
                store.Acknowledge(cursor, range.First, Math.Min(range.Last, index.Last));
            foreach (var range in index.Last == 0 ? [] : saved.Outside(1, index.Last))
                store.Acknowledge(cursor, range.First, range.Last);
        }

        foreach (var loss in known is null ? found.Losses : known.Losses)
        {
            store.Put(loss);
            index.NextLossId = Math.Max(index.NextLossId, loss.Id + 1);
        }

        finished.AddAll(saved);
        var missing = index.Last == 0 ? [] : finished.Outside(1, index.Last).ToList();
        var mean = known is { Batches: > 0 }
            ? (double)known.Readings / known.Batches
            : index.Batches > 0
            ? (double)index.Readings / index.Batches
            : 1;
        var lost = known is not null ? Math.Max(0, known.Readings - index.Readings) : (long)(missing.Sum(m => m.Count) * mean);
        if (missing.Count > 0 || lost > 0 || known is null || !isLogWhole)
        {
            var (first, last) = missing.Count > 0
                ? (missing[0].First, missing[^1].Last)
                : (Math.Max(1, index.Last), Math.Max(1, index.Last));
            store.Put(new LossRecord(index.NextLossId++, first, last, lost, LossCause.Damaged, time.GetUtcNow())
            {
                Stream = known?.StreamId ?? index.StreamId,
            });
            index.LossTotals[LossCause.Damaged] = index.LossTotals.GetValueOrDefault(LossCause.Damaged) + lost;
        }

        Commit(store, index);
        return lost;
    }

    private static void Commit(BatchStore store, BufferIndex index)
    {
        store.Commit(index);
        store.Pages.Sync();
        if (store.Pages.WantsCheckpoint)
            store.Pages.Checkpoint();
    }

    private static BsonDocument? Parse(byte[]? bytes)
    {
        if (bytes is null)
            return null;
        try
        {
            return BsonSerializer.Deserialize(bytes);
        }
        catch (Exception e)
            when (e is LiteException or ArgumentException or InvalidCastException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Head(long Sequence, uint Page, byte Slot);

    private sealed class Finds
    {
        private readonly List<(int Number, SequenceRange Range)> _cursors = [];
        private BsonDocument? _state;

        public List<Head> Heads { get; } = [];

        public List<LossRecord> Losses { get; } = [];

        public void Take(BsonDocument document)
        {
            if (document.ContainsKey("uplinks"))
                _state = document;
            else if (document.ContainsKey("z"))
                Losses.Add(BatchDocuments.Loss(document));
            else if (document.ContainsKey("l"))
                _cursors.Add(BatchDocuments.Cursor(document));
        }

        /// <summary>The index as the file has it; null where its state cannot be read.</summary>
        public BufferIndex? Index()
        {
            if (_state is null)
                return null;
            var index = BatchDocuments.IndexOf(_state);
            foreach (var (number, range) in _cursors.Where(c => c.Range.First <= c.Range.Last))
                index.Destinations.Find(u => u.Number == number)?.Durable.Add(range.First, range.Last);
            index.Losses.AddRange(Losses);
            return index;
        }
    }
}
