namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// Gate before a group commit: shut while some connection has something to read, so that a group of batches ends when none has. A sync
/// costs as much for one message as for a hundred, and those already in the machine may as well share it. Where nothing more is coming,
/// nothing is waited for.
/// </summary>
internal sealed class GroupCommitGate : IDisposable
{
    /// <summary>A connection that is held up in the midst of what it read must not hold up the others.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);

    private readonly ITimer _patience;
    private TaskCompletionSource? _awaited;
    private int _reading;

    public GroupCommitGate(TimeProvider time) =>
        _patience = time.CreateTimer(_ => Open(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>True while no connection has anything to read.</summary>
    public bool IsOpen => Volatile.Read(ref _reading) == 0;

    /// <summary>A connection begins to read something.</summary>
    public void Begin() => Interlocked.Increment(ref _reading);

    /// <summary>A connection has read all there was, or has ended.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _reading) == 0)
            Open();
    }

    /// <summary>Lets the one who waits go on, if one waits.</summary>
    public void Open() => Volatile.Read(ref _awaited)?.TrySetResult();

    /// <summary>Ends when no connection has anything to read, or at the next <see cref="Open"/>. For one caller at a time.</summary>
    public async Task WaitAsync()
    {
        var awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _awaited, awaited);
        if (!IsOpen)
        {
            _patience.Change(Longest, Timeout.InfiniteTimeSpan);
            await awaited.Task;
        }

        Volatile.Write(ref _awaited, null);
    }

    public void Dispose() => _patience.Dispose();
}
