using IotGateway.Edge.Buffer.Batches;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// The index as readers may see it, shared by them and the writer: a batch is published when it is durable. Used under the
/// <see cref="Gate"/>, but for <see cref="WaitForAppendAsync"/>.
/// </summary>
internal sealed class PublishedIndex
{
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PublishedIndex(BufferIndex index) => (Now, Last) = (index, index.Last);

    /// <summary>Guards the index, and every use of LiteDB, which is not safe enough between a reader and the writer.</summary>
    public object Gate { get; } = new();

    /// <summary>The index; another one after the files were opened again.</summary>
    public BufferIndex Now { get; private set; }

    /// <summary>The last sequence that is durable.</summary>
    public long Last { get; private set; }

    public long Commits { get; private set; }

    public long Checkpoints { get; set; }

    public long ReadingsAppended { get; private set; }

    /// <summary>Goes on with an index read from the disk, all of which is durable.</summary>
    public void Follow(BufferIndex index) => (Now, Last) = (index, index.Last);

    /// <summary>Publishes a durable commit.</summary>
    /// <param name="losses">The losses it made or enlarged.</param>
    /// <param name="readings">The readings it appended.</param>
    /// <returns>The sequence before its first append; equal to <see cref="Last"/> where it appended nothing.</returns>
    public long Publish(IReadOnlyList<LossRecord> losses, long readings)
    {
        Commits++;
        foreach (var loss in losses)
        {
            Now.Losses.RemoveAll(l => l.Id == loss.Id);
            Now.Losses.Add(loss);
        }

        Now.Unpublished.Clear();
        ReadingsAppended += readings;
        var before = Last;
        Last = Now.Last;
        return before;
    }

    /// <summary>Wakes those who wait for an append.</summary>
    public void TellAppended()
    {
        _appended.TrySetResult();
        _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends the wait of those who wait for an append: there will be none.</summary>
    public void Abort(Exception why) => _appended.TrySetException(why);

    /// <summary>Completes when a sequence after <paramref name="after"/> is durable.</summary>
    public async Task WaitForAppendAsync(long after, CancellationToken cancellation)
    {
        while (true)
        {
            Task appended;
            lock (Gate)
            {
                if (Last > after)
                    return;
                appended = _appended.Task;
            }

            await appended.WaitAsync(cancellation);
        }
    }
}
