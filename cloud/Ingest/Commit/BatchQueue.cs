using System.Threading.Channels;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>Queue of batches between those who receive them and the committer; full, it makes the connections wait.</summary>
internal sealed class BatchQueue(GroupCommitGate gate)
{
    private const int Capacity = 1024;

    /// <summary>A client's window is larger, so that some of its messages are read while others are synced.</summary>
    private const int MaxGroup = 512;

    /// <summary>So many share a sync that it costs each little.</summary>
    private const int WorthASync = 256;

    private const int MaxGroupBytes = 1024 * 1024;
    private const int MaxGroupReadings = 64 * 1024;

    private readonly Channel<IncomingBatch> _channel =
        Channel.CreateBounded<IncomingBatch>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ValueTask AddAsync(IncomingBatch batch, CancellationToken cancellation)
    {
        var added = _channel.Writer.WriteAsync(batch, cancellation);
        if (_channel.Reader.Count >= WorthASync)
            gate.Open();
        return added;
    }

    /// <summary>
    /// Waits for the next group: all that has come until nothing more is to be read, up to a bound. False when no more will come.
    /// </summary>
    public async Task<bool> TakeAsync(List<IncomingBatch> group)
    {
        group.Clear();
        if (!await _channel.Reader.WaitToReadAsync(CancellationToken.None))
            return false;

        if (_channel.Reader.Count < WorthASync)
            await gate.WaitAsync();

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
