using IotGateway.Edge.Buffer.Storage;

namespace IotGateway.Edge;

/// <summary>Small files that are there, whole, once the call has returned, whatever happens to the power.</summary>
internal static class DurableFile
{
    /// <summary>Makes a folder that this user alone may enter.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file for this user alone, under another name first, so that nobody ever sees a part of it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        Move(temporary, path);
    }

    /// <summary>Renames a file; the new name is on disk when this returns.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        DataSync.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }
}
