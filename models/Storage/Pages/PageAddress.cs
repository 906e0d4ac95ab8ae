using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IotGateway.Storage.Pages;

/// <summary>The address of a segment in LiteDB's file.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Slot">The slot in the page.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PageAddress(uint Page, byte Slot)
{
    internal const int Bytes = 5;

    /// <summary>No address: the end of a list or a chain.</summary>
    public static readonly PageAddress Empty = new(uint.MaxValue, byte.MaxValue);

    internal static PageAddress Read(ReadOnlySpan<byte> from) => new(BinaryPrimitives.ReadUInt32LittleEndian(from), from[4]);
}
