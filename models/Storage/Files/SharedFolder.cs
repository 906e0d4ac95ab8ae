using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>
/// Folder that others may write to, on Linux: what lies there may be a link, bear any name, and be exchanged between two looks. So a file
/// is renamed out of it first, and then opened once, without following.
/// </summary>
public static class SharedFolder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Names in a folder by which .NET cannot reach what they stand for, or that leave no room for an addition.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="most">The most bytes that a name may have.</param>
    /// <returns>Names that are no UTF-8 or longer than that, as bytes; none where the process has 32 bits.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    public static IReadOnlyList<byte[]> OddNames(string folder, int most) =>
        [.. FolderCalls.Names(folder).Where(n => n.Length > most || !IsText(n))];

    /// <summary>Renames what a name stands for, a link itself included; on one disk, never by copying.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="name">The name there, as bytes.</param>
    /// <param name="to">The path from then on; what is there is replaced.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Move(string folder, ReadOnlySpan<byte> name, string to) => FolderCalls.Rename(folder, name, to);

    /// <summary>Opens what a path names for reading; a link there is refused, and nothing is waited for.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The file, to be closed by the caller. What kind of file it is, <see cref="FileFacts.Of(SafeFileHandle)"/> tells.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    public static SafeFileHandle OpenItself(string path) => FolderCalls.OpenItself(path);

    private static bool IsText(byte[] name)
    {
        try
        {
            return Strict.GetCharCount(name) > 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
