namespace IotGateway.Storage.Files;

/// <summary>
/// Modes of files that hold a secret and of the folders they lie in: nobody but the owner may read the file, and nobody else may put
/// another in its place.
/// </summary>
public static class SecretFile
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Fault of a secret's file, of its folder, or of one above it.</summary>
    /// <param name="path">The file's path; a link is followed, and the folders of both are looked at.</param>
    /// <returns>
    /// A phrase that names what is open, its mode and the mode that was expected, to stand behind "expected"; null where nothing is open,
    /// where there is no file, and on Windows.
    /// </returns>
    public static string? Fault(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return null;
        var file = Path.GetFullPath(path);
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        if (File.GetUnixFileMode(target) is var mode && (mode & ~Owners) != UnixFileMode.None)
            return $"a file that others may not read: mode 0600, not {Octal(mode)}";
        return OpenFolder(file) ?? OpenFolder(target);
    }

    /// <summary>
    /// A group may be trusted with a folder far above, as /usr/local is with some systems; with the secret's own folder it is not. Where
    /// the sticky bit stands, others can add names but not exchange ours.
    /// </summary>
    private static string? OpenFolder(string file)
    {
        var forbidden = OthersWrite;
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var mode = File.GetUnixFileMode(folder);
            if ((mode & forbidden) != UnixFileMode.None && (mode & UnixFileMode.StickyBit) == UnixFileMode.None)
                return $"a folder that others may not write to: {folder} has mode {Octal(mode)}";
            forbidden = UnixFileMode.OtherWrite;
        }

        return null;
    }

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8).PadLeft(3, '0');
}
