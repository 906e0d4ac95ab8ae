using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>A batch that was read and now waits to be stored.</summary>
/// <param name="Batch">What it says.</param>
/// <param name="Bytes">The message exactly as received.</param>
internal sealed record IncomingBatch(Batch Batch, ReadOnlyMemory<byte> Bytes)
{
    private readonly TaskCompletionSource<Outcome> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>About what it costs to store, in readings.</summary>
    public long Weight { get; } = BatchWeight.Of(Batch, Bytes.Length);

    /// <summary>Ends when the batch is durable in the log.</summary>
    public Task<Outcome> WhenStored => _stored.Task;

    public void Done() => _stored.TrySetResult(Outcome.Accepted);

    /// <summary>Says that it will never be stored, and why.</summary>
    public void Refuse(string reason) => _stored.TrySetResult(Outcome.Refused(reason));

    /// <summary>Gives the batch up: this process will never store it, and the gateway sends it again.</summary>
    public void GiveUp() => _stored.TrySetResult(Outcome.TryAgain);
}
