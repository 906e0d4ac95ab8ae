using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Files;

/// <summary>
/// The calls of Linux for folders that others may write to: names as bytes, files as they are and not as a link would have them. .NET
/// follows links as it opens, and cannot say a name that is no UTF-8.
/// </summary>
internal static partial class FolderCalls
{
    private const int CloseOnExec = 0x80000;
    private const int WithoutWaiting = 0x800;
    private const int NotFound = 2;
    private const int NoFolder = 20;
    private const int OfPath = -100;
    private const int NotThroughLinks = 0x100;
    private const int OfHandle = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const int KindMask = 0xf000;
    private const int RegularKind = 0x8000;

    /// <summary>The name's place in <c>struct dirent</c> where numbers have 64 bits.</summary>
    private const int NameAt = 19;

    private static readonly uint User = geteuid();

    /// <summary>Facts of what a path names, a link itself included; null where nothing is.</summary>
    public static FileFacts? Facts(string path)
    {
        if (statx(OfPath, path, NotThroughLinks, BasicFacts, out var facts) == 0)
            return Read(facts);
        var error = Marshal.GetLastPInvokeError();
        return error is NotFound or NoFolder ? null : throw Failed($"'{path}' cannot be looked at", error);
    }

    /// <summary>Facts of an open file.</summary>
    public static FileFacts Facts(SafeFileHandle file) =>
        statx(file, "", OfHandle, BasicFacts, out var facts) == 0
            ? Read(facts)
            : throw Failed("An open file cannot be looked at", Marshal.GetLastPInvokeError());

    /// <summary>Opens what a path names for reading, unless that is a link; waits for no pipe.</summary>
    public static SafeFileHandle OpenItself(string path)
    {
        // The one flag whose number hangs on the processor.
        var notALink = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;
        var file = new SafeFileHandle(open(path, CloseOnExec | WithoutWaiting | notALink), ownsHandle: true);
        if (!file.IsInvalid)
            return file;
        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        throw Failed($"'{path}' cannot be opened", error);
    }

    /// <summary>The names in a folder, as bytes.</summary>
    public static List<byte[]> Names(string folder)
    {
        var names = new List<byte[]>();
        if (!Environment.Is64BitProcess)
            return names;
        var stream = opendir(folder);
        if (stream == 0)
            throw Failed($"The folder '{folder}' cannot be read", Marshal.GetLastPInvokeError());
        try
        {
            for (nint entry; (entry = readdir(stream)) != 0;)
            {
                var length = 0;
                while (Marshal.ReadByte(entry, NameAt + length) != 0)
                    length++;
                var name = new byte[length];
                Marshal.Copy(entry + NameAt, name, 0, length);
                names.Add(name);
            }
        }
        finally
        {
            _ = closedir(stream);
        }

        return names;
    }

    /// <summary>Renames what a name in a folder stands for, a link itself included; never by copying.</summary>
    public static void Rename(string folder, ReadOnlySpan<byte> name, string to)
    {
        if (rename([.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. name, 0], [.. Encoding.UTF8.GetBytes(to), 0]) == 0)
            return;
        throw Failed($"'{Encoding.UTF8.GetString(name)}' cannot be renamed to '{to}'", Marshal.GetLastPInvokeError());
    }

    private static IOException Failed(string what, int error) => error == NotFound
        ? new FileNotFoundException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}.")
        : new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    private static FileFacts Read(in Statx facts) => new(
        (facts.Mode & KindMask) == RegularKind, (UnixFileMode)(facts.Mode & ~KindMask), facts.User == User, facts.Links,
        (long)facts.Size, Time(facts.WrittenSeconds, facts.WrittenNanoseconds), Time(facts.ChangedSeconds, facts.ChangedNanoseconds));

    /// <summary>A file's time may be any number of seconds; beyond the calendar it is the calendar's end.</summary>
    private static DateTimeOffset Time(long seconds, uint nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_798)).AddTicks(nanoseconds / 100);

    /// <summary><c>struct statx</c>, which is the same on every processor, up to what is read here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public uint User;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long WrittenSeconds;

        [FieldOffset(120)]
        public uint WrittenNanoseconds;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int folder, string path, int flags, uint mask, out Statx facts);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(SafeFileHandle file, string path, int flags, uint mask, out Statx facts);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int rename(byte[] from, byte[] to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint opendir(string path);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint readdir(nint folder);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int closedir(nint folder);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();
}
