namespace IotGateway.Storage.Disks;

/// <summary>Counts of what a store asked of its disk since it was opened.</summary>
public sealed class DiskCounters
{
    private long _bytesWritten;
    private long _syncs;

    /// <summary>Bytes written.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Syncs of files and folder.</summary>
    public long Syncs => Interlocked.Read(ref _syncs);

    internal void Wrote(long bytes) => Interlocked.Add(ref _bytesWritten, bytes);

    internal void Synced() => Interlocked.Increment(ref _syncs);
}
