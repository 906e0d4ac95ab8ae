namespace IotGateway.Edge.Buffer.Storage;

/// <summary>What the buffer asked of the disk since it was opened.</summary>
internal sealed class DiskCounters
{
    private long _bytesWritten;
    private long _syncs;

    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    public long Syncs => Interlocked.Read(ref _syncs);

    public void Wrote(long bytes) => Interlocked.Add(ref _bytesWritten, bytes);

    public void Synced() => Interlocked.Increment(ref _syncs);
}
