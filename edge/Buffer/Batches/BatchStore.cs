using System.Runtime.InteropServices;
using IotGateway.Storage.Pages;
using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>Batches, cursors, losses and totals as documents; one transaction at a time, from the thread that began it.</summary>
internal sealed class BatchStore(PageStore pages) : IDisposable
{
    private const int FactSlots = 1 << 14;
    private readonly Fact[] _facts = new Fact[FactSlots];
    private readonly BsonExpression _byId = BsonExpression.Create("_id = @0", new BsonValue(0L));

    private readonly BatchReader _ordinary = new(pages.Reader, BatchKind.Ordinary, BatchDocuments.Ordinary);
    private readonly BatchReader _alarms = new(pages.Reader, BatchKind.Alarm, BatchDocuments.Alarms);

    private bool _inTransaction;

    public PageStore Pages { get; } = pages;

    /// <summary>Reads what the file holds, batches excepted; null when the file has just been made.</summary>
    public BufferIndex? Load()
    {
        if (Find(BatchDocuments.State, 1) is not { } state)
            return null;
        var index = BatchDocuments.IndexOf(state);
        foreach (var document in All(BatchDocuments.Cursors, BsonExpression.Root))
        {
            var (number, range) = BatchDocuments.Cursor(document);
            var cursor = index.Destinations.First(u => u.Number == number);
            cursor.Durable.Add(range.First, range.Last);
            cursor.Known.Add(range.First, range.Last);
        }

        foreach (var document in All(BatchDocuments.Losses, BsonExpression.Root))
            index.Losses.Add(BatchDocuments.Loss(document));
        foreach (var document in All(BatchDocuments.Alarms, "_id"))
            index.Alarms.Add(document["_id"].AsInt64, document["_id"].AsInt64);
        index.LossesHandedOut = index.NextLossId - 1;
        return index;
    }

    /// <summary>A batch; null where its document is absent or does not match its checksum.</summary>
    public BufferedBatch? Find(BufferIndex index, long sequence, BatchKind kind)
    {
        if (KeyOf(index, sequence, kind) is not { } key)
            return null;

        // In a transaction only LiteDB knows the pages as they are.
        var batch = _inTransaction ? null : (kind == BatchKind.Alarm ? _alarms : _ordinary).Find(key, sequence);
        if (batch is null && Find(BatchDocuments.Collection(kind), key) is { } document)
            batch = BatchDocuments.Batch(document);
        if (batch?.Sequence != sequence)
            return null;
        Remember(batch);
        return batch;
    }

    /// <summary>Makes the pages of collections that a full disk would otherwise have to find room for.</summary>
    public void MakeCollections(BufferIndex index)
    {
        Put(new LossRecord(1, 1, 1, 0, LossCause.Dropped, DateTimeOffset.UnixEpoch) { Stream = index.StreamId });
        ForgetLosses([1]);
        Acknowledge(new DestinationCursor("", 0), 1, 1);
        Pages.Engine.Delete(BatchDocuments.Cursors, [new BsonValue(1L)]);
    }

    public void Begin()
    {
        _inTransaction = true;
        Pages.Engine.BeginTrans();
    }

    /// <summary>Ends the transaction in memory; <see cref="PageStore.Sync"/> makes it durable.</summary>
    public void Commit(BufferIndex index)
    {
        index.Slots.Release(index.NextHeld);
        Pages.Engine.Upsert(BatchDocuments.State, [BatchDocuments.StateOf(index)], BsonAutoId.Int64);
        Pages.Engine.Commit();
        Pages.AwaitConfirmed();
        _inTransaction = false;
    }

    public void Insert(BufferIndex index, BufferedBatch batch)
    {
        if (batch.Kind == BatchKind.Alarm)
            Pages.Engine.Insert(BatchDocuments.Alarms, [BatchDocuments.Batch(batch, null)], BsonAutoId.Int64);
        else
            InsertIntoSlot(index, batch);
        Count(index, batch.Readings, BufferIndex.Charge(batch.Payload.Length), 1);
        if (batch.Kind == BatchKind.Alarm)
            index.Alarms.Add(batch.Sequence, batch.Sequence);
        Remember(batch);
    }

    public void Replace(BufferIndex index, BufferedBatch old, BufferedBatch thinner)
    {
        var slot = old.Kind == BatchKind.Alarm ? null : index.Slots.Of(old.Sequence);
        Pages.Engine.Update(BatchDocuments.Collection(old.Kind), [BatchDocuments.Batch(thinner, slot)]);
        Count(
            index, thinner.Readings - old.Readings, BufferIndex.Charge(thinner.Payload.Length) - BufferIndex.Charge(old.Payload.Length), 0);
        Remember(thinner);
    }

    /// <summary>
    /// Deletes batches and answers how many readings they held: the mean of all for one whose document cannot tell. What has a slot is
    /// deleted by freeing it, for which the caller moves the cursors.
    /// </summary>
    /// <param name="erase">True where the room is wanted at once, wherever the slot lies: its document is deleted as well.</param>
    public long Delete(BufferIndex index, long first, long last, bool erase)
    {
        var readings = 0L;
        var (slots, alarms) = (new List<BsonValue>(), new List<BsonValue>());
        for (var sequence = first; sequence <= last; sequence++)
        {
            var kind = index.Alarms.Contains(sequence) ? BatchKind.Alarm : BatchKind.Ordinary;
            ref var fact = ref _facts[sequence % FactSlots];
            if (fact.Sequence != sequence)
                Find(index, sequence, kind);
            if (fact.Sequence != sequence && index.Batches > 0)
                fact = new(sequence, (int)(index.Readings / index.Batches), 0);
            if (kind == BatchKind.Alarm)
                alarms.Add(sequence);
            else if (erase && index.Slots.Of(sequence) is { } slot)
                Erase(index, slot, slots);
            readings += fact.Readings;
            Count(index, -fact.Readings, -BufferIndex.Charge(fact.Bytes), -1);
            fact = default;
        }

        Delete(BatchDocuments.Ordinary, slots);
        Delete(BatchDocuments.Alarms, alarms);
        index.Alarms.Remove(first, last);
        return readings;
    }

    /// <summary>Free slots that still hold a document, at most so many. Not for use in a transaction.</summary>
    public List<long> FullSlots(BufferIndex index, int most)
    {
        var full = new List<long>();
        for (var next = index.Slots.NextFull(1); next is { } slot && full.Count < most; next = index.Slots.NextFull(slot + 1))
        {
            if (_ordinary.Has(slot))
                full.Add(slot);
            else
                index.Slots.NoteEmpty(slot);
        }

        return full;
    }

    /// <summary>Deletes documents at free slots, so that their pages serve others.</summary>
    public void Empty(BufferIndex index, List<long> slots)
    {
        slots.ForEach(index.Slots.NoteEmpty);
        Delete(BatchDocuments.Ordinary, slots.ConvertAll(p => new BsonValue(p)));
    }

    /// <summary>Moves a destination's cursor: its ranges in memory, and the documents of those that changed.</summary>
    public void Acknowledge(DestinationCursor cursor, long first, long last)
    {
        var swallowed = new List<SequenceRange>();
        var range = cursor.Durable.Add(first, last, swallowed);
        var gone = swallowed
            .Where(s => s.First != range.First)
            .Select(s => new BsonValue(BatchDocuments.CursorKey(cursor, s.First)))
            .ToList();
        if (gone.Count > 0)
            Pages.Engine.Delete(BatchDocuments.Cursors, gone);
        Pages.Engine.Upsert(BatchDocuments.Cursors, [BatchDocuments.Cursor(cursor, range)], BsonAutoId.Int64);
        cursor.Known.Add(first, last);
    }

    /// <summary>Takes a destination's cursor out of the file.</summary>
    public void Forget(DestinationCursor cursor) =>
        Pages.Engine.Delete(
            BatchDocuments.Cursors, cursor.Durable.Ranges.Select(r => new BsonValue(BatchDocuments.CursorKey(cursor, r.First))).ToList());

    public void Put(LossRecord loss) => Pages.Engine.Upsert(BatchDocuments.Losses, [BatchDocuments.Loss(loss)], BsonAutoId.Int64);

    public void ForgetLosses(IEnumerable<long> ids) =>
        Pages.Engine.Delete(BatchDocuments.Losses, ids.Select(id => new BsonValue(id)).ToList());

    public void Dispose() => Pages.Dispose();

    private static void Count(BufferIndex index, int readings, long bytes, int batches)
    {
        index.Readings += readings;
        index.Bytes += bytes;
        index.Batches += batches;
    }

    private void Delete(string collection, List<BsonValue> keys)
    {
        if (keys.Count > 0)
            Pages.Engine.Delete(collection, keys);
    }

    private static void Erase(BufferIndex index, long slot, List<BsonValue> slots)
    {
        slots.Add(slot);
        index.Slots.NoteEmpty(slot);
    }

    private static long? KeyOf(BufferIndex index, long sequence, BatchKind kind) =>
        kind == BatchKind.Alarm ? sequence : index.Slots.Of(sequence);

    private void InsertIntoSlot(BufferIndex index, BufferedBatch batch)
    {
        var top = index.Slots.Top;
        var slot = index.Slots.Take(batch.Sequence);
        if (slot > top)
            Pages.Engine.Insert(BatchDocuments.Ordinary, [BatchDocuments.Batch(batch, slot)], BsonAutoId.Int64);
        else
            Pages.Engine.Upsert(BatchDocuments.Ordinary, [BatchDocuments.Batch(batch, slot)], BsonAutoId.Int64);
    }

    private void Remember(BufferedBatch batch) =>
        _facts[batch.Sequence % FactSlots] = new(batch.Sequence, batch.Readings, batch.Payload.Length);

    private BsonDocument? Find(string collection, long id)
    {
        // Parsed once: the parameters are the expression's own document.
        _byId.Parameters["0"] = id;
        var query = new Query();
        query.Where.Add(_byId);
        using var found = Pages.Engine.Query(collection, query);
        return found.Read() ? found.Current.AsDocument : null;
    }

    private IEnumerable<BsonDocument> All(string collection, BsonExpression select)
    {
        using var found = Pages.Engine.Query(collection, new Query { Select = select });
        while (found.Read())
            yield return found.Current.AsDocument;
    }

    /// <summary>The facts of a batch that a delete must know, kept for the newest read or written in its slot.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Fact(long Sequence, int Readings, int Bytes);
}
