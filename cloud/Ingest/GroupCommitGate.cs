namespace IotGateway.Cloud.Ingest;

/// <summary>
/// Knows how many connections have something to read, so that a group of batches can end when none has: a sync costs as much for one
/// message as for a hundred, and those already in the machine may as well share it. Where nothing more is coming, nothing is waited for.
/// </summary>
internal sealed class GroupCommitGate : IDisposable
{
    /// <summary>A connection that is held up in the midst of what it read must not hold up the others.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);

    private readonly ITimer _patience;
    private TaskCompletionSource? _awaited;
    private int _reading;

    public GroupCommitGate(TimeProvider time) => _patience = time.CreateTimer(_ => Over(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Whether no connection has anything to read.</summary>
    public bool IsNow => Volatile.Read(ref _reading) == 0;

    /// <summary>A connection begins to read something.</summary>
    public void Begin() => Interlocked.Increment(ref _reading);

    /// <summary>A connection has read all there was, or has ended.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _reading) == 0)
            Over();
    }

    /// <summary>Ends the wait for a lull, if one is waited for.</summary>
    public void Over() => Volatile.Read(ref _awaited)?.TrySetResult();

    /// <summary>Ends when no connection has anything to read, or when it is <see cref="Over"/>. For one caller at a time.</summary>
    public async Task ComeAsync()
    {
        var awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _awaited, awaited);
        if (!IsNow)
        {
            _patience.Change(Longest, Timeout.InfiniteTimeSpan);
            await awaited.Task;
        }

        Volatile.Write(ref _awaited, null);
    }

    public void Dispose() => _patience.Dispose();
}
