using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Files;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// Makes room for a group of appends in commits before theirs, since LiteDB uses freed pages only in a later one: documents at free
/// slots go first, then batches as the <see cref="DiskPolicy"/> has it.
/// </summary>
internal sealed class SpaceReclaimer(BufferFiles files, PublishedIndex published, DiskPolicy policy, CommitWriter commits)
{
    private const int SlotsACommit = 64;

    private BufferIndex Index => published.Now;

    /// <summary>Makes room for a group; the appends for which there can be none are refused and taken from it.</summary>
    /// <param name="group">The appends.</param>
    /// <param name="squeeze">True where the disk has said no: the room must come from within the file.</param>
    public void MakeRoom(List<PendingAppend> group, bool squeeze)
    {
        if (group.Count == 0)
            return;
        var need = group.Sum(a => a.Charge);
        var exhausted = false;
        while ((policy.IsCrowded(files, need) || policy.Wanted(files, Index, need, squeeze: false) is not null) && EmptySlots())
        {
        }

        // The disk said no: what free slots held may be enough for the next attempt.
        if (squeeze && EmptySlots())
            return;
        if (policy.Wanted(files, Index, need, squeeze) is { } goal)
        {
            // One commit removes so much; the next takes up where it stopped.
            while (Index.Bytes > goal && !exhausted)
                exhausted = !commits.Write(t => policy.Make(t, files.Store, Index, goal), [], spare: true);
        }

        if (!exhausted || policy.Fits(files, Index, need))
            return;
        foreach (var refused in group.Where(a => a.Kind != BatchKind.Alarm))
            refused.Fail(new BufferFullException("The buffer is full of alarms, which are never dropped; the batch was not stored."));
        group.RemoveAll(a => a.Kind != BatchKind.Alarm);
    }

    /// <summary>
    /// Deletes some of the documents that free slots still hold; false when there are none, and so only batches can make room.
    /// </summary>
    private bool EmptySlots()
    {
        List<long> full;
        lock (published.Gate)
            full = files.Store.FullSlots(Index, SlotsACommit);
        if (full.Count == 0)
            return false;
        commits.Write(
            _ =>
            {
                files.Store.Empty(Index, full);
                return true;
            },
            [],
            spare: true);
        policy.Unlearn();
        return true;
    }
}
