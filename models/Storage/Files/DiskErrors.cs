using System.Security;

namespace IotGateway.Storage.Files;

/// <summary>The faults of a disk by their meaning: it refused, or it is full.</summary>
public static class DiskErrors
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int WouldWait = 11;
    private const int WindowsInUse = unchecked((int)0x80070020);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>
    /// Is this the answer of a disk or its system (a full disk, a missing right or folder, a file in use, a folder in a file's place, links
    /// in a circle, a name too long)? It may be another one later.
    /// </summary>
    /// <param name="exception">The exception of a file's call.</param>
    /// <returns>True for <see cref="IOException"/> with all that derive from it, <see cref="UnauthorizedAccessException"/> and
    /// <see cref="SecurityException"/> alike: a folder without the right to write gives the second where a full one gives the first.
    /// Not for <see cref="NotSupportedException"/>, by which damaged content shows, too: what is no ordinary file is an
    /// <see cref="IOException"/> where <see cref="OrdinaryFile"/> opens it.</returns>
    public static bool IsFromDisk(this Exception exception) => exception is IOException or UnauthorizedAccessException or SecurityException;

    /// <summary>Is this the exception of a disk (or a quota) without room?</summary>
    /// <param name="exception">The exception of a file's call.</param>
    /// <returns>True where only room would help.</returns>
    public static bool IsFull(this Exception exception) =>
        exception is IOException { HResult: NoSpace or OverQuota or WindowsDiskFull };

    /// <summary>Is this the exception of a file that another process has locked? No other refusal of a lock's file means that.</summary>
    /// <param name="exception">The exception of a file's call.</param>
    /// <returns>True where only the other process's end would help; not for a disk that is read-only, full, or failing.</returns>
    public static bool IsLocked(this Exception exception) => exception is IOException { HResult: WouldWait or WindowsInUse };
}
