using System.Threading.Channels;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest;

/// <summary>A batch that was read and now waits to be stored.</summary>
/// <param name="Batch">What it says.</param>
/// <param name="Bytes">The message exactly as received.</param>
internal sealed record IncomingBatch(Batch Batch, ReadOnlyMemory<byte> Bytes)
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the batch is durable in the raw lake and applied to the hot store.</summary>
    public Task WhenStored => _stored.Task;

    public void Done() => _stored.TrySetResult();

    /// <summary>It will never be stored by this process: whoever waits gives up, and the gateway sends again.</summary>
    public void GiveUp() => _stored.TrySetCanceled();
}

/// <summary>Batches between the broker and the committer; full, it makes the connections wait.</summary>
internal sealed class BatchQueue
{
    private const int Capacity = 256;

    private readonly Channel<IncomingBatch> _channel = Channel.CreateBounded<IncomingBatch>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ChannelReader<IncomingBatch> Reader => _channel.Reader;

    public ValueTask Add(IncomingBatch batch, CancellationToken cancellation) => _channel.Writer.WriteAsync(batch, cancellation);

    /// <summary>No more will come.</summary>
    public void Close() => _channel.Writer.TryComplete();
}
