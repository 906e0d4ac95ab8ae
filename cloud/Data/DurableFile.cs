using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Cloud.Data;

/// <summary>Files that are whole or absent after a power cut: temporary file, fsync, rename, fsync of the folder.</summary>
internal static partial class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file whole; durable once it returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        WriteUnsynced(path, bytes, stamp: null);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a file whole, its content synced; its name is durable only after <see cref="SyncFolder"/>.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="bytes">What.</param>
    /// <param name="stamp">The modification time to give it; null for the clock's.</param>
    public static void WriteUnsynced(string path, ReadOnlySpan<byte> bytes, DateTimeOffset? stamp)
    {
        var temporary = Temporary(path);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(bytes);
            if (stamp is { } time)
                File.SetLastWriteTimeUtc(file.SafeFileHandle, time.UtcDateTime);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Puts a finished temporary file in its place, durably.</summary>
    public static void Publish(string temporary, string path)
    {
        using (var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The name a file bears while it is written; readers pass over names that begin with a dot.</summary>
    public static string Temporary(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");

    /// <summary>Makes a folder and those above it, each durable in the one that holds it.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder);
        if (!string.IsNullOrEmpty(parent))
            CreateFolder(parent);
        Directory.CreateDirectory(folder);
        if (!string.IsNullOrEmpty(parent))
            SyncFolder(parent);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"{folder} cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()}).");
        var synced = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (synced != 0)
            throw new IOException($"{folder} cannot be synced (errno {error}).");
    }

    /// <summary>Makes an open file's content durable, without its times.</summary>
    /// <exception cref="IOException">The system refused; what was written since the last sync may be lost, whatever a later sync says.</exception>
    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (DataSync(file) != 0)
        {
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                throw new IOException($"fdatasync failed (errno {error}).");
        }
    }

    private const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Close(int descriptor);
}
