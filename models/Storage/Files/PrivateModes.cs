using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>
/// The modes of what a program writes: its owner's alone, files 0600 and folders 0700. By default for all that the process makes from then
/// on, libraries' temporary files among it; and for what stands there already.
/// </summary>
public static class PrivateModes
{
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Takes from group and others all rights on what this process makes from now on.</summary>
    public static void ByDefault()
    {
        if (OperatingSystem.IsLinux())
            SystemCalls.Umask((int)(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute));
    }

    /// <summary>Takes from group and others all rights on an open file.</summary>
    /// <param name="file">The file; its owner must be this process's user, or what others may do with it stays.</param>
    public static void Tighten(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            return;
        var mode = File.GetUnixFileMode(file);
        if ((mode & Others) != UnixFileMode.None)
            Try(() => File.SetUnixFileMode(file, mode & ~Others));
    }

    /// <summary>
    /// Takes from group and others all rights on a folder and on what is in it, itself last. A folder that is its owner's alone already
    /// keeps others from all below, and is not entered. Links are not followed.
    /// </summary>
    /// <param name="folder">Its path.</param>
    public static void TightenFolder(string folder)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & Others) == UnixFileMode.None)
            return;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null)
                continue;
            if (entry is DirectoryInfo)
                TightenFolder(entry.FullName);
            else if ((entry.UnixFileMode & Others) != UnixFileMode.None)
                Try(() => entry.UnixFileMode &= ~Others);
        }

        Try(() => File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) & ~Others));
    }

    /// <summary>A change that only the owner may make: another user's stays, and may be his by intent.</summary>
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // Not ours to change.
        }
    }
}
