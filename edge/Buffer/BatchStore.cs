using System.Runtime.InteropServices;
using IotGateway.Edge.Buffer.Storage;
using LiteDB;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Buffer;

/// <summary>Batches, cursors, losses and totals as documents; one transaction at a time, from the thread that began it.</summary>
internal sealed class BatchStore(PageStore pages) : IDisposable
{
    private const int FactSlots = 1 << 14;
    private readonly Fact[] _facts = new Fact[FactSlots];
    private readonly BsonExpression _byId = BsonExpression.Create("_id = @0", new BsonValue(0L));

    private readonly BatchReader _ordinary = new(pages.Reader, BatchKind.Ordinary);
    private readonly BatchReader _alarms = new(pages.Reader, BatchKind.Alarm);

    private bool _inTransaction;

    public PageStore Pages { get; } = pages;

    /// <summary>Reads what the file holds, batches excepted; null when the file has just been made.</summary>
    public Ledger? Load()
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
    public BufferedBatch? Find(long sequence, BatchKind kind)
    {
        // In a transaction only LiteDB knows the pages as they are.
        var batch = _inTransaction ? null : (kind == BatchKind.Alarm ? _alarms : _ordinary).Find(sequence);
        if (batch is null && Find(BatchDocuments.Collection(kind), sequence) is { } document)
            batch = BatchDocuments.Batch(document);
        if (batch is not null)
            Remember(batch);
        return batch;
    }

    /// <summary>Makes the pages of collections that a full disk would otherwise have to find room for.</summary>
    public void MakeCollections(Ledger ledger)
    {
        Put(new LossRecord(1, 1, 1, 0, LossCause.Dropped, DateTimeOffset.UnixEpoch) { Stream = ledger.StreamId });
        ForgetLosses([1]);
        Acknowledge(new UplinkCursor("", 0), 1, 1);
        Pages.Engine.Delete(BatchDocuments.Cursors, [new BsonValue(1L)]);
    }

    public void Begin()
    {
        _inTransaction = true;
        Pages.Engine.BeginTrans();
    }

    /// <summary>Ends the transaction in memory; <see cref="PageStore.Sync"/> makes it durable.</summary>
    public void Commit(Ledger ledger)
    {
        Pages.Engine.Upsert(BatchDocuments.State, [BatchDocuments.StateOf(ledger)], BsonAutoId.Int64);
        Pages.Engine.Commit();
        Pages.AwaitConfirmed();
        _inTransaction = false;
    }

    public void Insert(Ledger ledger, BufferedBatch batch)
    {
        Pages.Engine.Insert(BatchDocuments.Collection(batch.Kind), [BatchDocuments.Batch(batch)], BsonAutoId.Int64);
        Count(ledger, batch.Readings, Ledger.Charge(batch.Payload.Length), 1);
        if (batch.Kind == BatchKind.Alarm)
            ledger.Alarms.Add(batch.Sequence, batch.Sequence);
        Remember(batch);
    }

    public void Replace(Ledger ledger, BufferedBatch old, BufferedBatch thinner)
    {
        Pages.Engine.Update(BatchDocuments.Collection(old.Kind), [BatchDocuments.Batch(thinner)]);
        Count(ledger, thinner.Readings - old.Readings, Ledger.Charge(thinner.Payload.Length) - Ledger.Charge(old.Payload.Length), 0);
        Remember(thinner);
    }

    /// <summary>Deletes batches and answers how many readings they held: the mean of all for one whose document cannot tell.</summary>
    public long Delete(Ledger ledger, long first, long last)
    {
        var readings = 0L;
        var (ordinary, alarms) = (new List<BsonValue>(), new List<BsonValue>());
        for (var sequence = first; sequence <= last; sequence++)
        {
            var kind = ledger.Alarms.Contains(sequence) ? BatchKind.Alarm : BatchKind.Ordinary;
            ref var fact = ref _facts[sequence % FactSlots];
            if (fact.Sequence != sequence)
                Find(sequence, kind);
            if (fact.Sequence != sequence && ledger.Batches > 0)
                fact = new(sequence, (int)(ledger.Readings / ledger.Batches), 0);
            (kind == BatchKind.Alarm ? alarms : ordinary).Add(sequence);
            readings += fact.Readings;
            Count(ledger, -fact.Readings, -Ledger.Charge(fact.Bytes), -1);
            fact = default;
        }

        Delete(BatchKind.Ordinary, ordinary);
        Delete(BatchKind.Alarm, alarms);
        ledger.Alarms.Remove(first, last);
        return readings;
    }

    /// <summary>Moves an uplink's cursor: its ranges in memory, and the documents of those that changed.</summary>
    public void Acknowledge(UplinkCursor cursor, long first, long last)
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
    public void Forget(UplinkCursor cursor) =>
        Pages.Engine.Delete(BatchDocuments.Cursors, cursor.Durable.Ranges.Select(r => new BsonValue(BatchDocuments.CursorKey(cursor, r.First))).ToList());

    public void Put(LossRecord loss) => Pages.Engine.Upsert(BatchDocuments.Losses, [BatchDocuments.Loss(loss)], BsonAutoId.Int64);

    public void ForgetLosses(IEnumerable<long> ids) => Pages.Engine.Delete(BatchDocuments.Losses, ids.Select(id => new BsonValue(id)).ToList());

    public void Dispose() => Pages.Dispose();

    private static void Count(Ledger ledger, int readings, long bytes, int batches)
    {
        ledger.Readings += readings;
        ledger.Bytes += bytes;
        ledger.Batches += batches;
    }

    private void Delete(BatchKind kind, List<BsonValue> sequences)
    {
        if (sequences.Count > 0)
            Pages.Engine.Delete(BatchDocuments.Collection(kind), sequences);
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
