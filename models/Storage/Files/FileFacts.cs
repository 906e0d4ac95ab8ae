using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>Facts of a file as Linux keeps them, of what lies in folders that others may write to.</summary>
/// <param name="IsRegular">True for a file of bytes: no folder, link, pipe, socket or device.</param>
/// <param name="Mode">Who may read, write and use it.</param>
/// <param name="IsOwn">Does it belong to the user as whom this process acts?</param>
/// <param name="Links">Names that it has: 1 unless it is a hard link.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Written">When its content last changed, as far as whoever may set that says so.</param>
/// <param name="Changed">When its content, mode, owner or names last changed; no program can set it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FileFacts(
    bool IsRegular, UnixFileMode Mode, bool IsOwn, uint Links, long Bytes, DateTimeOffset Written, DateTimeOffset Changed)
{
    private const UnixFileMode ForWritingByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode ForOthers =
        ForWritingByOthers | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>May nobody but its owner read, write or use it?</summary>
    public bool IsClosedToOthers => (Mode & ForOthers) == UnixFileMode.None;

    /// <summary>May others than its owner write to it?</summary>
    public bool IsWritableToOthers => (Mode & ForWritingByOthers) != UnixFileMode.None;

    /// <summary>The facts of what a path names, and not of what a link there points at.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Null where nothing is.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    public static FileFacts? Of(string path) => FolderCalls.Facts(path);

    /// <summary>The facts of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its facts at this moment.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    public static FileFacts Of(SafeFileHandle file) => FolderCalls.Facts(file);
}
