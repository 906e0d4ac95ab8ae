namespace IotGateway.Storage.Disks;

/// <summary>One file of a <see cref="Disk"/>. Reads may come from several threads; writes and syncs from one.</summary>
public abstract class DiskFile : IDisposable
{
    /// <summary>The file's length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Fills the span from the file; answers less than its length only at the file's end.</summary>
    /// <param name="destination">The span.</param>
    /// <param name="offset">The first byte's place in the file.</param>
    /// <returns>The bytes read.</returns>
    public abstract int Read(Span<byte> destination, long offset);

    /// <summary>Writes bytes; durable only after <see cref="Sync"/>.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="offset">The first byte's place in the file.</param>
    public abstract void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>Has the disk set space aside up to a length, so that writing there later cannot find it full. The length stays.</summary>
    /// <param name="length">In bytes from the file's start.</param>
    public abstract void Reserve(long length);

    /// <summary>Cuts the file or makes it longer by zeros.</summary>
    /// <param name="length">In bytes.</param>
    public abstract void SetLength(long length);

    /// <summary>
    /// Returns when what was written is on the disk. After an exception nothing unsynced may be believed, whatever a read shows.
    /// </summary>
    public abstract void Sync();

    /// <summary>Closes the file.</summary>
    public abstract void Dispose();
}
