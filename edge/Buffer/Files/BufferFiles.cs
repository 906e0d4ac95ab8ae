using IotGateway.Edge.Buffer.Batches;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Pages;
using IotGateway.Storage.WriteAhead;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Buffer.Files;

/// <summary>
/// The buffer's files over their life: opened, closed after a failure, opened again from the disk, set aside when damaged.
/// </summary>
internal sealed class BufferFiles : IDisposable
{
    private const string Live = "buffer";
    private const int DeletionsACommit = 256;
    private readonly Disk _disk;
    private readonly BufferLimits _limits;
    private readonly IReadOnlyList<string> _destinations;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private BatchStore? _store;
    private LogMark? _believed;

    public BufferFiles(Disk disk, BufferLimits limits, IReadOnlyList<string> destinations, TimeProvider time, ILogger log)
    {
        (_disk, _limits, _destinations, _time, _log) = (disk, limits, destinations, time, log);
        Index = Begin();
        try
        {
            DamagedPair.Finish(disk, Live);
            Open(null);
        }
        catch (PageDamagedException e)
        {
            Salvage(e, null);
        }

        _log.Opened(Index.Batches, Index.Readings, Index.Last);
    }

    public DiskCounters Counters { get; } = new();

    public BufferIndex Index { get; private set; }

    public bool IsOpen => _store is not null;

    public long FreeBytes => _disk.FreeBytes;

    public int DamagedFiles => DamagedPair.Count(_disk);

    /// <summary>The commit under way, whose acknowledgements wait again if it fails.</summary>
    public Transaction? InFlight { get; set; }

    public BatchStore Store => _store ?? throw new IOException("The buffer's files are closed after a failure.");

    /// <summary>Opens the files from the disk; after a failure only what was surely durable is believed, and is written anew.</summary>
    public void Open(BufferIndex? before)
    {
        var pages = PageStore.Open(_disk, Live, _limits.LogBytes, Counters, _believed, _limits.MaxBytes - _limits.LogBytes);
        var store = new BatchStore(pages);
        try
        {
            if (_believed is not null)
                pages.Renew();
            var index = store.Load();
            Index = index ?? Begin();
            if (index is null)
                Commit(store, _ => store.MakeCollections(Index));
            Reconcile(store);
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }

        _store = store;
        _believed = null;
        CarryOver(before);
    }

    /// <summary>After a failed write: forgets what is in memory, for it may be ahead of the disk.</summary>
    public void Close(Exception why)
    {
        if (_store is null)
        {
            _log.StillClosed(why.Message);
            return;
        }

        _log.CommitFailed(why);
        _believed = _store.Pages.Mark;
        _store.Dispose();
        _store = null;
    }

    /// <summary>Sets the files aside and begins new ones with what can be read of them.</summary>
    /// <param name="why">How the damage showed.</param>
    /// <param name="before">The index in memory, if there is one; it knows what the file may no longer tell.</param>
    /// <param name="published">The last sequence that was durable.</param>
    public void Salvage(PageDamagedException why, BufferIndex? before, long published = 0)
    {
        _store?.Dispose();
        _store = null;
        _believed = null;
        var salvager = new Salvager(_disk, _limits, _destinations, Counters, _time);
        var name = DamagedPair.NewName(_disk, _time);
        _log.Damaged(name, why);
        var (batches, lost) = salvager.Run(Live, before, published);
        DamagedPair.Swap(_disk, Live, name);
        _log.Salvaged(batches, lost);
        Open(before);
    }

    public void Dispose()
    {
        _store?.Dispose();
        _store = null;
        _disk.Dispose();
    }

    private BufferIndex Begin()
    {
        var index = new BufferIndex { StreamId = Guid.NewGuid().ToString("N") };
        for (var i = 0; i < _destinations.Count; i++)
            index.Destinations.Add(new(_destinations[i], i + 1));
        return index;
    }

    private void Commit(BatchStore store, Action<Transaction> build)
    {
        store.Begin();
        var transaction = new Transaction(store, Index, _time.GetUtcNow());
        build(transaction);
        transaction.Commit();
        store.Pages.Sync();
        if (store.Pages.WantsCheckpoint)
            store.Pages.Checkpoint();
    }

    /// <summary>
    /// Brings the cursors in line with the destinations configured: a new one begins with what is held, one that is gone holds nothing
    /// back.
    /// </summary>
    private void Reconcile(BatchStore store)
    {
        var finished = Index.Finished();
        var next = Index.Destinations.Max(u => u.Number) + 1;
        var known = Index.Destinations.Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _destinations.Where(u => !known.Contains(u)))
        {
            var cursor = new DestinationCursor(name, next++);
            Index.Destinations.Add(cursor);
            Commit(store, _ =>
            {
                foreach (var range in finished.Ranges)
                    store.Acknowledge(cursor, range.First, range.Last);
            });
        }

        foreach (var gone in Index.Destinations.Where(u => !_destinations.Contains(u.Name, StringComparer.Ordinal)).ToList())
        {
            if (Index.Last > 0)
                gone.Acknowledge(1, Index.Last);
            while (gone.Waiting.Count > 0)
                Commit(store, t => t.Acknowledge(DeletionsACommit));
            Index.Destinations.Remove(gone);
            Commit(store, _ => store.Forget(gone));
        }
    }

    /// <summary>Acknowledgements that were in memory still hold for the index read from the disk.</summary>
    private void CarryOver(BufferIndex? before)
    {
        if (before is null)
            return;
        var failed = InFlight?.Acknowledged ?? [];
        InFlight = null;
        foreach (var cursor in Index.Destinations)
        {
            if (before.Destinations.Find(u => u.Name == cursor.Name) is not { } old)
                continue;
            foreach (var range in failed.Where(a => a.Cursor == old).Select(a => a.Range).Concat(old.Waiting.Ranges))
            {
                foreach (var part in cursor.Durable.Outside(range.First, Math.Min(range.Last, Index.Last)).ToList())
                    cursor.Acknowledge(part.First, part.Last);
            }
        }
    }
}
