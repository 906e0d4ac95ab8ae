using System.Buffers.Binary;

namespace IotGateway.Storage.WriteAhead;

/// <summary>The place of a segment in a LiteDB page: the slots grow from the page's end, length and position in two bytes each.</summary>
internal static class PageSlots
{
    public const byte None = byte.MaxValue;
    public const int TypeAt = 4;

    private const int HighestSlotAt = 30;
    private const int PageHeaderBytes = 32;
    private const int SlotBytes = 4;

    /// <summary>The page's highest slot in use; <see cref="None"/> when it has none.</summary>
    public static byte Highest(ReadOnlySpan<byte> page) => page[HighestSlotAt];

    /// <summary>The segment of a slot; empty where the page has no such slot or its place cannot be right.</summary>
    public static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> page, byte slot)
    {
        if (Highest(page) == None || slot > Highest(page))
            return default;
        var footer = Frame.PageBytes - ((slot + 1) * SlotBytes);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(page[footer..]);
        var position = BinaryPrimitives.ReadUInt16LittleEndian(page[(footer + 2)..]);
        return position < PageHeaderBytes || position + length > footer ? default : page.Slice(position, length);
    }
}
