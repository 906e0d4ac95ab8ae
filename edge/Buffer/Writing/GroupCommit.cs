using IotGateway.Edge.Buffer.Files;
using IotGateway.Storage.Files;
using IotGateway.Storage.WriteAhead;
using LiteDB;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// Brings a group of appends and what was requested beside them to an end. After a failure the files are opened again from the disk, or
/// salvaged, and the group is tried again, three times at most.
/// </summary>
internal sealed class GroupCommit(
    BufferFiles files, PublishedIndex published, CommitRequests requests, DiskPolicy policy, CommitWriter commits)
{
    private const int DeletionsACommit = 128;

    private readonly SpaceReclaimer _space = new(files, published, policy, commits);

    /// <summary>Damage that was met and is to be salvaged before the next commit; under the gate.</summary>
    public PageDamagedException? Damage { get; set; }

    /// <summary>Brings the group to an end: durable, or refused with the reason.</summary>
    public void CommitOrRefuse(List<PendingAppend> group)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Reopen();
                _space.MakeRoom(group, squeeze: attempt > 1);
                Commit(group);
                return;
            }
            catch (PageDamagedException e) when (attempt <= 2)
            {
                lock (published.Gate)
                    Damage = e;
            }
            catch (Exception e) when (e.IsFull() && attempt <= 2)
            {
                Close(e);
            }
            catch (Exception e) when (e.IsFromDisk() || e is LiteException)
            {
                Close(e);
                Refuse(group, e.IsFull()
                    ? new BufferFullException("The disk is full; the batch was not stored.", e)
                    : new BufferWriteException("The disk failed; the batch was not stored.", e));
                return;
            }
        }
    }

    private void Commit(List<PendingAppend> group)
    {
        var (flushes, control) = requests.Take();
        if (group.Count > 0 || control.Any || published.Now.MostWaiting > 0)
        {
            commits.Write(
                t =>
                {
                    control.Run(t, published.Now);
                    t.Acknowledge(DeletionsACommit);
                    foreach (var append in group)
                        t.Append(append.Kind, append.Readings, append.Payload);
                    return true;
                },
                group,
                spare: group.Count == 0);
        }

        requests.Done(flushes, control, DeletionsACommit);
    }

    /// <summary>LiteDB closes itself on a failure it sees; nobody may read before that is known.</summary>
    private void Close(Exception why)
    {
        lock (published.Gate)
            files.Close(why);
    }

    private void Reopen()
    {
        lock (published.Gate)
        {
            if (Damage is { } damage)
            {
                files.Salvage(damage, published.Now, published.Last);
                Damage = null;
            }
            else if (!files.IsOpen)
            {
                files.Open(published.Now);
            }
            else
            {
                return;
            }

            published.Follow(files.Index);
        }
    }

    private void Refuse(List<PendingAppend> group, IOException why)
    {
        try
        {
            // What was durable can still be read and sent, so the files should not stay closed.
            Reopen();
        }
        catch (Exception e) when (e.IsFromDisk() || e is LiteException)
        {
            Close(e);
        }

        foreach (var append in group)
            append.Fail(why);
        group.Clear();
        requests.Refuse(why);
    }
}
