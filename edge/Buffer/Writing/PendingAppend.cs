using IotGateway.Edge.Buffer.Batches;


namespace IotGateway.Edge.Buffer.Writing;

/// <summary>An append between its call and its commit.</summary>
internal sealed class PendingAppend(ReadOnlyMemory<byte> payload, int readings, BatchKind kind)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;
    private CancellationTokenRegistration _giveUp;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public int Readings { get; } = readings;

    public BatchKind Kind { get; } = kind;

    /// <summary>The sequence, once it is durable.</summary>
    public Task<long> Done => _done.Task;

    public long Charge => BufferIndex.Charge(Payload.Length);

    /// <summary>The writer takes it; false when its caller has given up.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Lets a token end the wait for as long as the writer has not taken the append.</summary>
    public void GiveUpOn(CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
            return;
        _giveUp = cancellation.UnsafeRegister(static (append, token) => ((PendingAppend)append!).GiveUp(token), this);
        if (Done.IsCompleted)
            _giveUp.Unregister();
    }

    public void Complete(long sequence)
    {
        _done.TrySetResult(sequence);
        _giveUp.Unregister();
    }

    public void Fail(Exception exception)
    {
        _done.TrySetException(exception);
        _giveUp.Unregister();
    }

    private void GiveUp(CancellationToken cancelled)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
            _done.TrySetCanceled(cancelled);
    }
}
