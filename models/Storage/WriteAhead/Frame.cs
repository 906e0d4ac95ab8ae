using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IotGateway.Storage.Files;

namespace IotGateway.Storage.WriteAhead;

/// <summary>
/// The header of one page in the log. Of a page only the bytes before and after its longest run of zeros towards the end are stored
/// (<see cref="Head"/> and <see cref="Tail"/> bytes): most pages that a commit touches are nearly empty. Or only what has changed
/// (<see cref="PageChange"/>, of <see cref="Head"/> bytes) since an earlier frame that has the page whole, the <see cref="Base"/>: most
/// others change in few places. A change never builds on another.
/// </summary>
/// <remarks>
/// 36 bytes, little-endian: CRC-32C of the rest of the header and the page's bytes; the CRC of the frame before, which chains them;
/// the log's salt; the number of the commit; the frame's index; the page's id; head; tail; and in four bytes, from the lowest bit on,
/// 1 where the frame confirms its commit, then the base's index + 1, 0 where there is none.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Frame(
    uint Crc, uint Previous, ulong Salt, uint Commit, uint Index, uint PageId, int Head, int Tail, bool Confirms, int Base)
{
    public const int HeaderBytes = 36;
    public const int PageBytes = 8192;

    /// <summary>In the place of a frame's index: no frame.</summary>
    public const int None = -1;

    private const int PageHeaderBytes = 32;
    private const int TypeAt = 4;
    private const byte Free = 0;

    /// <summary>The byte of a page's header in which LiteDB keeps whether the page ends its transaction.</summary>
    private const int ConfirmedAt = 18;

    public int Bytes => HeaderBytes + Head + Tail;

    /// <summary>Writes a page's frame into a span of at least <see cref="HeaderBytes"/> + <see cref="PageBytes"/> bytes.</summary>
    public static Frame Write(
        Span<byte> into, ReadOnlySpan<byte> page, WholePages whole, uint previous, ulong salt, uint commit, uint index)
    {
        var (head, tail) = Split(page);
        var id = BinaryPrimitives.ReadUInt32LittleEndian(page);
        var confirms = page[ConfirmedAt] != 0;
        var basis = None;
        if (page[TypeAt] != Free && whole.Change(page, id, head + tail, into[HeaderBytes..]) is { } change)
        {
            (head, tail, basis) = (change.Bytes, 0, change.Frame);
        }
        else
        {
            page[..head].CopyTo(into[HeaderBytes..]);
            page[^tail..].CopyTo(into[(HeaderBytes + head)..]);
            if (page[TypeAt] != Free)
                whole.Keep(page, id, (int)index);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(into[4..], previous);
        BinaryPrimitives.WriteUInt64LittleEndian(into[8..], salt);
        BinaryPrimitives.WriteUInt32LittleEndian(into[16..], commit);
        BinaryPrimitives.WriteUInt32LittleEndian(into[20..], index);
        BinaryPrimitives.WriteUInt32LittleEndian(into[24..], id);
        BinaryPrimitives.WriteUInt16LittleEndian(into[28..], (ushort)head);
        BinaryPrimitives.WriteUInt16LittleEndian(into[30..], (ushort)tail);
        BinaryPrimitives.WriteUInt32LittleEndian(into[32..], ((uint)(basis + 1) << 1) | (confirms ? 1u : 0u));
        var crc = LaneChecksum.Of(into[4..(HeaderBytes + head + tail)]);
        BinaryPrimitives.WriteUInt32LittleEndian(into, crc);
        return new(crc, previous, salt, commit, index, id, head, tail, confirms, basis);
    }

    /// <summary>Reads a header; false where the bytes cannot be one. The CRC is for <see cref="IsWhole"/> to check.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out Frame frame)
    {
        frame = default;
        if (from.Length < HeaderBytes)
            return false;
        var head = BinaryPrimitives.ReadUInt16LittleEndian(from[28..]);
        var tail = BinaryPrimitives.ReadUInt16LittleEndian(from[30..]);
        var index = BinaryPrimitives.ReadUInt32LittleEndian(from[20..]);
        var last = BinaryPrimitives.ReadUInt32LittleEndian(from[32..]);
        var basis = (int)(last >> 1) - 1;
        if (head + tail > PageBytes || (basis < 0 ? head < PageHeaderBytes : tail > 0 || basis >= index))
            return false;
        frame = new(
            BinaryPrimitives.ReadUInt32LittleEndian(from),
            BinaryPrimitives.ReadUInt32LittleEndian(from[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(from[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[16..]),
            index,
            BinaryPrimitives.ReadUInt32LittleEndian(from[24..]),
            head, tail, (last & 1) == 1, basis);
        return true;
    }

    public bool IsWhole(ReadOnlySpan<byte> bytes) => bytes.Length >= Bytes && LaneChecksum.Of(bytes[4..Bytes]) == Crc;

    /// <summary>Puts the page together again from the frame's bytes; where it has a base, <paramref name="page"/> is that before.</summary>
    /// <exception cref="PageDamagedException">The bytes are none of a page.</exception>
    public void Expand(ReadOnlySpan<byte> bytes, Span<byte> page)
    {
        if (Base != None)
        {
            PageChange.Apply(bytes.Slice(HeaderBytes, Head), page);
            return;
        }

        bytes.Slice(HeaderBytes, Head).CopyTo(page);
        page[Head..^Tail].Clear();
        bytes.Slice(HeaderBytes + Head, Tail).CopyTo(page[^Tail..]);
    }

    private static (int Head, int Tail) Split(ReadOnlySpan<byte> page)
    {
        if (page[TypeAt] == Free)
            return (PageHeaderBytes, 0);

        // A page fills from the front; its slots grow from the end. The footer is short, so the zeros before it are the long run.
        var tail = 0;
        for (var back = PageBytes; back > PageHeaderBytes; back -= 4)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(page[(back - 4)..]) == 0)
                break;
            tail = PageBytes - back + 4;
        }

        var head = page[PageHeaderBytes..^tail].LastIndexOfAnyExcept((byte)0) + 1 + PageHeaderBytes;
        return (head, tail);
    }
}
