using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>
/// Files that are whole or absent after a power cut, and their owner's alone: temporary file (mode 0600), fsync, rename, fsync of the
/// folder. Whatever the system refuses is an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>
/// (<see cref="DiskErrors.IsFromDisk"/>).
/// </summary>
public static class DurableFile
{
    /// <summary>The mode of a file that is its owner's alone: 0600.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Writes a file whole, in place of an older one; durable once it returns.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">Its content.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        WriteUnsynced(path, bytes, stamp: null);
        SyncFolder(FolderOf(path));
    }

    /// <summary>Writes a file whole, its content synced; its name is durable only after <see cref="SyncFolder"/>.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="stamp">The modification time to give it; null for the clock's.</param>
    public static void WriteUnsynced(string path, ReadOnlySpan<byte> bytes, DateTimeOffset? stamp)
    {
        // The mode is given only when a file is made: what a crash left under the name goes first.
        var temporary = Temporary(path);
        File.Delete(temporary);
        using (var file = new FileStream(temporary, Private(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
        {
            file.Write(bytes);
            if (stamp is { } time)
                File.SetLastWriteTimeUtc(file.SafeFileHandle, time.UtcDateTime);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes a file of zeros, in place of an older one; durable once it returns. It never lies in memory whole.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="length">Its length in bytes.</param>
    public static void WriteZeros(string path, long length)
    {
        var temporary = Temporary(path);
        File.Delete(temporary);
        var zeros = new byte[64 * 1024];
        using (var file = new FileStream(temporary, Private(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
        {
            for (var left = length; left > 0; left -= zeros.Length)
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        Publish(temporary, path);
    }

    /// <summary>Puts a finished temporary file in its place: its content is synced first, then its name.</summary>
    /// <param name="temporary">The file as written.</param>
    /// <param name="path">Its path from then on.</param>
    public static void Publish(string temporary, string path)
    {
        using (var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        Move(temporary, path);
    }

    /// <summary>Renames a file, over another if there is one; the new name is on disk when this returns.</summary>
    /// <param name="from">Its path.</param>
    /// <param name="to">Its path from then on.</param>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(FolderOf(to));
    }

    /// <summary>The name a file bears while it is written; readers pass over names that begin with a dot.</summary>
    /// <param name="path">The path it will have.</param>
    /// <returns>A path in the same folder.</returns>
    public static string Temporary(string path) => Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.tmp");

    /// <summary>Makes a folder (mode 0700) and those above it, each durable in the one that holds it.</summary>
    /// <param name="folder">Its path.</param>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder);
        if (!string.IsNullOrEmpty(parent))
            CreateFolder(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
        if (!string.IsNullOrEmpty(parent))
            SyncFolder(parent);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <param name="folder">Its path.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static void SyncFolder(string folder) => SystemCalls.SyncFolder(folder);

    /// <summary>Makes an open file's content durable, without its times.</summary>
    /// <param name="file">The file, open for writing.</param>
    /// <exception cref="IOException">The system refused; what was written since the last sync may be lost, whatever a later sync
    /// says.</exception>
    public static void SyncData(SafeFileHandle file) => SystemCalls.SyncData(file);

    /// <summary>Options of an unbuffered file that is made, if it is, with mode 0600.</summary>
    /// <param name="mode">Open or make.</param>
    /// <param name="access">Read, write or both.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <returns>Options for a <see cref="FileStream"/>.</returns>
    public static FileStreamOptions Private(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
