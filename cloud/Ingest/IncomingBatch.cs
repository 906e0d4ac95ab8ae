using System.Threading.Channels;
using IotGateway.Telemetry;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Ingest;

/// <summary>A batch that was read and now waits to be stored.</summary>
/// <param name="Batch">What it says.</param>
/// <param name="Bytes">The message exactly as received.</param>
internal sealed record IncomingBatch(Batch Batch, ReadOnlyMemory<byte> Bytes)
{
    private readonly TaskCompletionSource<MqttPubAckReasonCode> _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the batch is durable in the log.</summary>
    public Task<MqttPubAckReasonCode> WhenStored => _stored.Task;

    public void Done() => _stored.TrySetResult(MqttPubAckReasonCode.Success);

    /// <summary>It will never be stored by this process: whoever waits gives up, and the gateway sends again.</summary>
    public void GiveUp() => _stored.TrySetCanceled();
}

/// <summary>Batches between the broker and the committer; full, it makes the connections wait.</summary>
internal sealed class BatchQueue(GroupCommitGate lull)
{
    private const int Capacity = 1024;
    /// <summary>A client's window is larger, so that some of its messages are read while others are synced.</summary>
    private const int MaxGroup = 512;

    /// <summary>So many share a sync that it costs each little.</summary>
    private const int WorthASync = 256;

    private const int MaxGroupBytes = 1024 * 1024;
    private const int MaxGroupReadings = 64 * 1024;

    private readonly Channel<IncomingBatch> _channel = Channel.CreateBounded<IncomingBatch>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ValueTask AddAsync(IncomingBatch batch, CancellationToken cancellation)
    {
        var added = _channel.Writer.WriteAsync(batch, cancellation);
        if (_channel.Reader.Count >= WorthASync)
            lull.Over();
        return added;
    }

    /// <summary>Waits for the next group: all that has come until nothing more is to be read, up to a bound. False when no more will come.</summary>
    public async Task<bool> TakeAsync(List<IncomingBatch> group)
    {
        group.Clear();
        if (!await _channel.Reader.WaitToReadAsync(CancellationToken.None))
            return false;

        if (_channel.Reader.Count < WorthASync)
            await lull.ComeAsync();

        int bytes = 0, readings = 0;
        while (group.Count < MaxGroup && bytes < MaxGroupBytes && readings < MaxGroupReadings && _channel.Reader.TryRead(out var batch))
        {
            group.Add(batch);
            bytes += batch.Bytes.Length;
            readings += batch.Batch.Readings.Length;
        }

        return true;
    }

    /// <summary>No more will come.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Gives up what waits.</summary>
    public void GiveUp()
    {
        while (_channel.Reader.TryRead(out var left))
            left.GiveUp();
    }
}
