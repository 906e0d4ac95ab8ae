using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IotGateway.Storage.WriteAhead;

/// <summary>
/// The difference between two versions of a page: runs of changed words of eight bytes, each behind its first word and length in two
/// bytes each.
/// </summary>
internal static class PageChange
{
    private const int WordBytes = sizeof(ulong);
    private const int RunHeaderBytes = 4;

    /// <summary>Writes what leads from one version to another; null where that takes more room than <paramref name="into"/> has.</summary>
    /// <returns>The bytes written.</returns>
    public static int? Write(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, Span<byte> into)
    {
        var before = MemoryMarshal.Cast<byte, ulong>(from);
        var after = MemoryMarshal.Cast<byte, ulong>(to);
        var written = 0;
        for (var first = before.CommonPrefixLength(after); first < after.Length;)
        {
            var end = first + 1;
            while (end < after.Length && before[end] != after[end])
                end++;
            var bytes = (end - first) * WordBytes;
            if (written + RunHeaderBytes + bytes > into.Length)
                return null;
            BinaryPrimitives.WriteUInt16LittleEndian(into[written..], (ushort)first);
            BinaryPrimitives.WriteUInt16LittleEndian(into[(written + 2)..], (ushort)(end - first));
            to.Slice(first * WordBytes, bytes).CopyTo(into[(written + RunHeaderBytes)..]);
            written += RunHeaderBytes + bytes;
            first = end + before[end..].CommonPrefixLength(after[end..]);
        }

        return written;
    }

    /// <summary>Makes of the one version the other.</summary>
    /// <exception cref="PageDamagedException">The change is none of a page.</exception>
    public static void Apply(ReadOnlySpan<byte> change, Span<byte> page)
    {
        while (change.Length >= RunHeaderBytes)
        {
            var at = BinaryPrimitives.ReadUInt16LittleEndian(change) * WordBytes;
            var bytes = BinaryPrimitives.ReadUInt16LittleEndian(change[2..]) * WordBytes;
            if (bytes > change.Length - RunHeaderBytes || at + bytes > page.Length)
                break;
            change.Slice(RunHeaderBytes, bytes).CopyTo(page[at..]);
            change = change[(RunHeaderBytes + bytes)..];
        }

        if (change.Length > 0)
            throw new PageDamagedException("A change in the log does not fit a page.");
    }
}
