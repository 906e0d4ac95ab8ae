using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>
/// Files read from where others, or an operator's mishap, may have put something else: a pipe would hold whoever opens it for ever, a
/// device has no end. Opening waits for nobody and looks at what was opened, not at a name.
/// </summary>
public static class OrdinaryFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Its path; links are followed.</param>
    /// <returns>The file, to be closed by the caller.</returns>
    /// <exception cref="IOException">The system refused, or it is a folder, a pipe, a socket or a device; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The right to read it is missing.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path);
        var file = SystemCalls.OpenToRead(path);
        if (Is(file))
            return file;
        file.Dispose();
        throw new IOException($"'{path}' is no ordinary file.");
    }

    /// <summary>Is an open file one of bytes on a disk, not a folder, pipe, socket or device?</summary>
    /// <param name="file">The file, however it was opened.</param>
    /// <returns>True for such a file, and for any elsewhere than on Linux.</returns>
    /// <exception cref="IOException">The system refused to tell.</exception>
    public static bool Is(SafeFileHandle file) => !OperatingSystem.IsLinux() || SystemCalls.IsOrdinary(file);

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">Its path; links are followed.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="IOException">As <see cref="Open"/>; or it has more bytes than an array.</exception>
    /// <exception cref="UnauthorizedAccessException">The right to read it is missing.</exception>
    public static byte[] Read(string path)
    {
        using var file = Open(path);
        var length = RandomAccess.GetLength(file);
        if (length > Array.MaxLength)
            throw new IOException($"'{path}' has {length} bytes; expected at most {Array.MaxLength}.");
        var bytes = new byte[length];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is var part and > 0)
            read += part;
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
