namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// Limit of the calls under way at once: one more for each full round that the service took, half when it throttles (not more often
/// than every 100 ms, since all that were under way are told the same).
/// </summary>
internal sealed class AdaptiveLimit(int start, int most, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private double _limit = start;
    private int _underWay;
    private long? _halved;

    /// <summary>The limit now, 1 to the most.</summary>
    public int Current
    {
        get
        {
            lock (_gate)
                return (int)_limit;
        }
    }

    /// <summary>Makes a call when there is room for it.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        await EnterAsync(cancellation);
        try
        {
            return await call();
        }
        finally
        {
            Leave();
        }
    }

    public void Answered(bool taken)
    {
        lock (_gate)
        {
            if (taken)
            {
                _limit = Math.Min(most, _limit + (1 / _limit));
            }
            else if (_halved is not { } last || time.GetElapsedTime(last) >= Pause)
            {
                _limit = Math.Max(1, _limit / 2);
                _halved = time.GetTimestamp();
            }
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_underWay < (int)_limit)
            {
                _underWay++;
                return;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using var given = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task;
    }

    private void Leave()
    {
        lock (_gate)
        {
            _underWay--;
            while (_underWay < (int)_limit && _waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    _underWay++;
            }
        }
    }
}
