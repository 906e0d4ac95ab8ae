namespace IotGateway.Storage.Files;

/// <summary>The faults of a disk by their meaning: it refused, or it is full.</summary>
public static class DiskErrors
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>
    /// Is this the answer of a disk or its system (a full disk, a missing right, a file in use)? It may be another one later.
    /// </summary>
    /// <param name="exception">The exception of a file's call.</param>
    /// <returns>True for <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/> alike: a folder without the right to
    /// write gives the second where a full one gives the first.</returns>
    public static bool IsFromDisk(this Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Is this the exception of a disk (or a quota) without room?</summary>
    /// <param name="exception">The exception of a file's call.</param>
    /// <returns>True where only room would help.</returns>
    public static bool IsFull(this IOException exception) => exception.HResult is NoSpace or OverQuota or WindowsDiskFull;
}
