using System.Runtime.InteropServices;

namespace IotGateway.Storage.Disks;

/// <summary>
/// Step down of a command that root started to the user to whom a data folder belongs: what it makes is then the service's own, as if the
/// service had made it. Linux only; elsewhere, and for anybody but root, nothing happens.
/// </summary>
/// <remarks>Of the whole process, since that is whose user changes.</remarks>
public static partial class FolderOwner
{
    private const int Root = 0;
    private const int CurrentFolder = -100;
    private const uint OwnersWanted = 0x8 | 0x10;
    private const int UserOffset = 20;

    private static (uint User, uint Group)? _owner;

    /// <summary>Makes the owner of a folder, or of the nearest above it that is there, the user by whom all goes on.</summary>
    /// <param name="folder">The data folder's path.</param>
    /// <returns>The user's number; null where nothing changed.</returns>
    /// <exception cref="UnauthorizedAccessException">The system does not allow it; nothing was written.</exception>
    public static uint? StepDown(string folder)
    {
        if (!OperatingSystem.IsLinux() || geteuid() != Root)
            return null;
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there))
            there = Path.GetDirectoryName(there)!;
        var (user, group) = Of(there);
        if (user == Root)
            return null;
        if (setgroups(1, [group]) != 0 || setegid(group) != 0 || seteuid(user) != 0)
            throw new UnauthorizedAccessException(
                $"'{there}' belongs to user {user}, who cannot be become "
                    + $"({Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}); run this as that user.");
        _owner = (user, group);
        return user;
    }

    /// <summary>Does one thing as who started the program, such as writing where he asked for it.</summary>
    /// <param name="act">What to do.</param>
    public static void AsCaller(Action act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (_owner is not var (user, group))
        {
            act();
            return;
        }

        Must(seteuid(Root));
        Must(setegid(Root));
        try
        {
            act();
        }
        finally
        {
            Must(setegid(group));
            Must(seteuid(user));
        }
    }

    private static void Must(int answer)
    {
        if (answer != 0)
            throw new UnauthorizedAccessException(
                $"The process's user cannot be changed ({Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}).");
    }

    /// <summary>struct statx is the same on all machines; struct stat is not.</summary>
    private static (uint User, uint Group) Of(string folder)
    {
        var found = new byte[256];
        if (statx(CurrentFolder, folder, 0, OwnersWanted, found) != 0)
            throw new UnauthorizedAccessException(
                $"The owner of '{folder}' is not told: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        return (BitConverter.ToUInt32(found, UserOffset), BitConverter.ToUInt32(found, UserOffset + sizeof(uint)));
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int seteuid(uint user);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setegid(uint group);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setgroups(nint count, [In] uint[] groups);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int folder, string path, int flags, uint wanted, [Out] byte[] found);
}
