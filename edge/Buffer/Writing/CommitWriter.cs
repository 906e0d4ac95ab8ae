using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Files;
using IotGateway.Storage.Files;
using LiteDB;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// One commit: built in memory under the gate, put on the disk outside it, then published; then a checkpoint, when the log asks for it.
/// </summary>
internal sealed class CommitWriter(BufferFiles files, PublishedIndex published, DiskPolicy policy, TimeProvider time, ILogger log)
{
    private bool _warned;

    /// <summary>Makes a commit, durable and published when this returns.</summary>
    /// <param name="build">Fills the transaction; answers whether it was of use.</param>
    /// <param name="appended">The appends that <paramref name="build"/> adds: completed and taken from the list.</param>
    /// <param name="spare">May it use the last pages set aside?</param>
    /// <returns>The answer of <paramref name="build"/>.</returns>
    /// <exception cref="IOException">It is not durable, or the checkpoint failed; the files are closed where they must not be
    /// believed.</exception>
    public bool Write(Func<Transaction, bool> build, List<PendingAppend> appended, bool spare)
    {
        var store = files.Store;
        Transaction transaction;
        bool useful;
        lock (published.Gate)
        {
            transaction = new Transaction(store, published.Now, time.GetUtcNow());
            files.InFlight = transaction;
            try
            {
                store.Begin();
                useful = build(transaction);
                transaction.Commit();
            }
            catch (Exception e) when (e.IsFromDisk() || e is LiteException)
            {
                files.Close(e);
                throw;
            }
        }

        store.Pages.Sync(spare);
        lock (published.Gate)
        {
            Publish(transaction, appended);
            Warn();
            if (store.Pages.WantsCheckpoint)
                Checkpoint(store);
        }

        return useful;
    }

    private void Publish(Transaction transaction, List<PendingAppend> appended)
    {
        files.InFlight = null;
        var sequence = published.Publish(transaction.Losses, appended.Sum(a => a.Readings));
        foreach (var loss in transaction.Losses)
            log.MadeRoom(loss.Readings, loss.Cause, loss.First, loss.Last);
        policy.Learn(files, published.Now, published.Last > sequence);
        if (published.Last == sequence)
            return;
        foreach (var append in appended)
            append.Complete(++sequence);
        appended.Clear();
        published.TellAppended();
    }

    private void Warn()
    {
        var used = policy.UsedShare(files, published.Now);
        if (used >= policy.WarnAt && !_warned)
            log.NearlyFull((int)(used * 100));
        _warned = used >= policy.WarnAt;
    }

    private void Checkpoint(BatchStore store)
    {
        try
        {
            store.Pages.Checkpoint();
        }
        catch (Exception e) when (e.IsFromDisk() || e is LiteException)
        {
            files.Close(e);
            throw;
        }

        published.Checkpoints++;
    }
}
