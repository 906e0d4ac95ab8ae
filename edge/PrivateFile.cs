using IotGateway.Edge.Buffer.Storage;

namespace IotGateway.Edge;

/// <summary>Files that only their owner may read, whole or absent after a power cut: temporary file, fsync, rename, fsync of the folder.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file whole, in place of an older one; durable once it returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        // The mode is given only when a file is made: what a crash left under the name goes first.
        var temporary = path + ".part";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        Move(temporary, path);
    }

    /// <summary>Renames a file over another, durably.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        DataSync.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>Whether a file exists that others than its owner may read or write.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & ~(Owner | UnixFileMode.UserExecute)) != UnixFileMode.None;

    public static void CreateFolder(string path) => Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
}
