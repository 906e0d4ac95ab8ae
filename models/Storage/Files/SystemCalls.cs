using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>
/// The calls of Linux that .NET lacks: a sync that leaves the file's times alone, one of a folder, reserving space, and opening that waits
/// for nobody. Elsewhere the nearest there is.
/// </summary>
internal static partial class SystemCalls
{
    private const int CloseOnExec = 0x80000;
    private const int KeepSize = 1;
    private const int WithoutWaiting = 0x800;
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int NoRight = 13;
    private const int NotPermitted = 1;
    private const int OfTheHandle = 0x1000;
    private const uint TypeAsked = 1;
    private const int StatxBytes = 256;
    private const int ModeAt = 28;
    private const int TypeBits = 0xF000;
    private const int OrdinaryType = 0x8000;
    private const int NotSupported = 95;
    private const int NotImplemented = 38;

    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (fdatasync(file) != 0)
        {
            // Only an interruption is tried again: after a failed sync the kernel may call the lost pages clean.
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw new IOException($"fdatasync failed: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    public static void Reserve(SafeFileHandle file, long from, long to)
    {
        if (!OperatingSystem.IsLinux())
            return;
        while (fallocate(file, KeepSize, from, to - from) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is NotSupported or NotImplemented)
                return;
            if (error != Interrupted)
                throw new IOException($"Reserving {to - from} bytes failed: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    /// <summary>Makes the names in a folder durable. Elsewhere than on Linux the file system is left to do it.</summary>
    public static void SyncFolder(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var folder = new SafeFileHandle(open(path, CloseOnExec), ownsHandle: true);
        if (folder.IsInvalid || fsync(folder) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"Syncing the folder '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    /// <summary>Opens a file for reading; of a pipe, too, it returns at once.</summary>
    public static SafeFileHandle OpenToRead(string path)
    {
        var file = new SafeFileHandle(open(path, CloseOnExec | WithoutWaiting), ownsHandle: true);
        if (!file.IsInvalid)
            return file;
        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        var why = $"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}.";
        throw error switch
        {
            NoSuchFile => new FileNotFoundException(why, path),
            NoRight or NotPermitted => new UnauthorizedAccessException(why),
            _ => new IOException(why, error),
        };
    }

    /// <summary>Sets the rights that files and folders made by this process never have.</summary>
    public static void Umask(int rights) => _ = umask(rights);

    /// <summary>Is an open file one of bytes on a disk, not a folder, pipe, socket or device?</summary>
    public static bool IsOrdinary(SafeFileHandle file)
    {
        Span<byte> about = stackalloc byte[StatxBytes];
        if (statx(file, "", OfTheHandle, TypeAsked, about) == 0)
            return (BinaryPrimitives.ReadUInt16LittleEndian(about[ModeAt..]) & TypeBits) == OrdinaryType;
        var error = Marshal.GetLastPInvokeError();
        if (error is NotImplemented or NotPermitted)
            return true; // a container's filter that does not know the call
        throw new IOException($"Asking for a file's type failed: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(SafeFileHandle folder, string path, int flags, uint mask, Span<byte> about);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int umask(int rights);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fallocate(SafeFileHandle file, int mode, long offset, long length);
}
