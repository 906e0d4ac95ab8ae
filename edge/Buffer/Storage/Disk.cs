namespace IotGateway.Edge.Buffer.Storage;

/// <summary>A folder on a disk: the one place where the buffer meets it, and where tests put a disk that fails.</summary>
internal abstract class Disk : IDisposable
{
    /// <summary>Bytes that may still be written to this disk.</summary>
    public abstract long FreeBytes { get; }

    /// <summary>Opens a file for reading and writing, made with mode 0600 when absent.</summary>
    public abstract DiskFile Open(string name);

    public abstract bool Exists(string name);

    /// <summary>Renames a file; an existing target is replaced.</summary>
    public abstract void Move(string from, string to);

    public abstract void Delete(string name);

    public abstract IReadOnlyList<string> List();

    /// <summary>Makes names (created, moved, deleted) durable.</summary>
    public abstract void SyncNames();

    public abstract void Dispose();
}

/// <summary>One file of a <see cref="Disk"/>. Reads may come from several threads; writes and syncs from one.</summary>
internal abstract class DiskFile : IDisposable
{
    public abstract long Length { get; }

    /// <summary>Fills the span from the file; answers less than its length only at the file's end.</summary>
    public abstract int Read(Span<byte> destination, long offset);

    public abstract void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>Has the disk set space aside up to a length, so that writing there later cannot find it full. The length stays.</summary>
    public abstract void Reserve(long length);

    public abstract void SetLength(long length);

    /// <summary>Returns when what was written is on the disk. After an exception nothing unsynced may be believed, whatever a read shows.</summary>
    public abstract void Sync();

    public abstract void Dispose();
}

internal static class DiskErrors
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Is this the exception of a disk (or a quota) without room?</summary>
    public static bool IsFull(this IOException exception) => exception is BufferFullException || exception.HResult is NoSpace or OverQuota or WindowsDiskFull;

    public static IOException Full(string message) => new(message, NoSpace);
}
