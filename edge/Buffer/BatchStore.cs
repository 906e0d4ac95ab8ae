using System.Runtime.InteropServices;
using IotGateway.Storage.Pages;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Edge.Buffer;

/// <summary>Batches, cursors, losses and totals as documents; one transaction at a time, from the thread that began it.</summary>
internal sealed class BatchStore(PageStore pages) : IDisposable
{
    private const int FactSlots = 1 << 14;
    private readonly Fact[] _facts = new Fact[FactSlots];
    private readonly BsonExpression _byId = BsonExpression.Create("_id = @0", new BsonValue(0L));

    private readonly BatchReader _ordinary = new(pages.Reader, BatchKind.Ordinary, BatchDocuments.Ordinary);
    private readonly BatchReader _keyed = new(pages.Reader, BatchKind.Ordinary, BatchDocuments.Keyed);
    private readonly BatchReader _alarms = new(pages.Reader, BatchKind.Alarm, BatchDocuments.Alarms);

    private bool _inTransaction;

    public PageStore Pages { get; } = pages;

    /// <summary>Reads what the file holds, batches excepted; null when the file has just been made.</summary>
    public BufferIndex? Load()
    {
        if (Find(BatchDocuments.State, 1) is not { } state)
            return null;
        var ledger = BatchDocuments.LedgerOf(state);
        foreach (var document in All(BatchDocuments.Cursors, BsonExpression.Root))
        {
            var (number, range) = BatchDocuments.Cursor(document);
            var cursor = ledger.Uplinks.First(u => u.Number == number);
            cursor.Durable.Add(range.First, range.Last);
            cursor.Known.Add(range.First, range.Last);
        }

        foreach (var document in All(BatchDocuments.Losses, BsonExpression.Root))
            ledger.Losses.Add(BatchDocuments.Loss(document));
        foreach (var document in All(BatchDocuments.Alarms, "_id"))
            ledger.Alarms.Add(document["_id"].AsInt64, document["_id"].AsInt64);
        ledger.LossesHandedOut = ledger.NextLossId - 1;
        return ledger;
    }

    /// <summary>A batch; null where its document is absent or does not match its checksum.</summary>
    public BufferedBatch? Find(BufferIndex ledger, long sequence, BatchKind kind)
    {
        var (collection, key) = Where(ledger, sequence, kind);
        var reader = kind == BatchKind.Alarm ? _alarms : collection == BatchDocuments.Keyed ? _keyed : _ordinary;

        // In a transaction only LiteDB knows the pages as they are.
        var batch = _inTransaction ? null : reader.Find(key, sequence);
        if (batch is null && Find(collection, key) is { } document)
            batch = BatchDocuments.Batch(document);
        if (batch?.Sequence != sequence)
            return null;
        Remember(batch);
        return batch;
    }

    /// <summary>Makes the pages of collections that a full disk would otherwise have to find room for.</summary>
    public void MakeCollections(BufferIndex ledger)
    {
        Put(new LossRecord(1, 1, 1, 0, LossCause.Dropped, DateTimeOffset.UnixEpoch) { Stream = ledger.StreamId });
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
    public void Commit(BufferIndex ledger)
    {
        ledger.Places.Release(ledger.NextHeld);
        Pages.Engine.Upsert(BatchDocuments.State, [BatchDocuments.StateOf(ledger)], BsonAutoId.Int64);
        Pages.Engine.Commit();
        Pages.AwaitConfirmed();
        _inTransaction = false;
    }

    public void Insert(BufferIndex ledger, BufferedBatch batch)
    {
        if (batch.Kind == BatchKind.Alarm)
            Pages.Engine.Insert(BatchDocuments.Alarms, [BatchDocuments.Batch(batch, null)], BsonAutoId.Int64);
        else
            Place(ledger, batch);
        Count(ledger, batch.Readings, BufferIndex.Charge(batch.Payload.Length), 1);
        if (batch.Kind == BatchKind.Alarm)
            ledger.Alarms.Add(batch.Sequence, batch.Sequence);
        Remember(batch);
    }

    public void Replace(BufferIndex ledger, BufferedBatch old, BufferedBatch thinner)
    {
        var (collection, key) = Where(ledger, old.Sequence, old.Kind);
        Pages.Engine.Update(collection, [BatchDocuments.Batch(thinner, collection == BatchDocuments.Ordinary ? key : null)]);
        Count(ledger, thinner.Readings - old.Readings, BufferIndex.Charge(thinner.Payload.Length) - BufferIndex.Charge(old.Payload.Length), 0);
        Remember(thinner);
    }

    /// <summary>
    /// Deletes batches and answers how many readings they held: the mean of all for one whose document cannot tell. What has a place is
    /// deleted by freeing it, for which the caller moves the cursors.
    /// </summary>
    /// <param name="erase">True where the room is wanted at once, wherever the place lies: its document is deleted as well.</param>
    public long Delete(BufferIndex ledger, long first, long last, bool erase)
    {
        var readings = 0L;
        var (placed, keyed, alarms) = (new List<BsonValue>(), new List<BsonValue>(), new List<BsonValue>());
        for (var sequence = first; sequence <= last; sequence++)
        {
            var kind = ledger.Alarms.Contains(sequence) ? BatchKind.Alarm : BatchKind.Ordinary;
            ref var fact = ref _facts[sequence % FactSlots];
            if (fact.Sequence != sequence)
                Find(ledger, sequence, kind);
            if (fact.Sequence != sequence && ledger.Batches > 0)
                fact = new(sequence, (int)(ledger.Readings / ledger.Batches), 0);
            var (collection, key) = Where(ledger, sequence, kind);
            if (collection != BatchDocuments.Ordinary)
                (kind == BatchKind.Alarm ? alarms : keyed).Add(key);
            else if (erase)
                Erase(ledger, key, placed);
            readings += fact.Readings;
            Count(ledger, -fact.Readings, -BufferIndex.Charge(fact.Bytes), -1);
            fact = default;
        }

        Delete(BatchDocuments.Ordinary, placed);
        Delete(BatchDocuments.Keyed, keyed);
        Delete(BatchDocuments.Alarms, alarms);
        ledger.Alarms.Remove(first, last);
        return readings;
    }

    /// <summary>Free places that still hold a document, at most so many. Not for use in a transaction.</summary>
    public List<long> FullPlaces(BufferIndex ledger, int most)
    {
        var full = new List<long>();
        for (var next = ledger.Places.NextFull(1); next is { } place && full.Count < most; next = ledger.Places.NextFull(place + 1))
        {
            if (_ordinary.Has(place))
                full.Add(place);
            else
                ledger.Places.NoteEmpty(place);
        }

        return full;
    }

    /// <summary>Deletes documents at free places, so that their pages serve others.</summary>
    public void Empty(BufferIndex ledger, List<long> places)
    {
        places.ForEach(ledger.Places.NoteEmpty);
        Delete(BatchDocuments.Ordinary, places.ConvertAll(p => new BsonValue(p)));
    }

    /// <summary>Moves an uplink's cursor: its ranges in memory, and the documents of those that changed.</summary>
    public void Acknowledge(DestinationCursor cursor, long first, long last)
    {
        var swallowed = new List<SequenceRange>();
        var range = cursor.Durable.Add(first, last, swallowed);
        var gone = swallowed.Where(s => s.First != range.First).Select(s => new BsonValue(BatchDocuments.CursorKey(cursor, s.First))).ToList();
        if (gone.Count > 0)
            Pages.Engine.Delete(BatchDocuments.Cursors, gone);
        Pages.Engine.Upsert(BatchDocuments.Cursors, [BatchDocuments.Cursor(cursor, range)], BsonAutoId.Int64);
        cursor.Known.Add(first, last);
    }

    /// <summary>Takes an uplink's cursor out of the file.</summary>
    public void Forget(DestinationCursor cursor) =>
        Pages.Engine.Delete(BatchDocuments.Cursors, cursor.Durable.Ranges.Select(r => new BsonValue(BatchDocuments.CursorKey(cursor, r.First))).ToList());

    public void Put(LossRecord loss) => Pages.Engine.Upsert(BatchDocuments.Losses, [BatchDocuments.Loss(loss)], BsonAutoId.Int64);

    public void ForgetLosses(IEnumerable<long> ids) => Pages.Engine.Delete(BatchDocuments.Losses, ids.Select(id => new BsonValue(id)).ToList());

    public void Dispose() => Pages.Dispose();

    private static void Count(BufferIndex ledger, int readings, long bytes, int batches)
    {
        ledger.Readings += readings;
        ledger.Bytes += bytes;
        ledger.Batches += batches;
    }

    private void Delete(string collection, List<BsonValue> keys)
    {
        if (keys.Count > 0)
            Pages.Engine.Delete(collection, keys);
    }

    private static void Erase(BufferIndex ledger, long place, List<BsonValue> places)
    {
        places.Add(place);
        ledger.Places.NoteEmpty(place);
    }

    private static (string Collection, long Key) Where(BufferIndex ledger, long sequence, BatchKind kind) =>
        kind == BatchKind.Alarm ? (BatchDocuments.Alarms, sequence)
        : ledger.Places.Of(sequence) is { } place ? (BatchDocuments.Ordinary, place)
        : (BatchDocuments.Keyed, sequence);

    private void Place(BufferIndex ledger, BufferedBatch batch)
    {
        var top = ledger.Places.Top;
        var place = ledger.Places.Take(batch.Sequence);
        if (place > top)
            Pages.Engine.Insert(BatchDocuments.Ordinary, [BatchDocuments.Batch(batch, place)], BsonAutoId.Int64);
        else
            Pages.Engine.Upsert(BatchDocuments.Ordinary, [BatchDocuments.Batch(batch, place)], BsonAutoId.Int64);
    }

    private void Remember(BufferedBatch batch) => _facts[batch.Sequence % FactSlots] = new(batch.Sequence, batch.Readings, batch.Payload.Length);

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

    /// <summary>What a delete must know of a batch, kept for the newest read or written in its slot.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Fact(long Sequence, int Readings, int Bytes);
}
