using System.Buffers.Binary;
using System.Numerics;

namespace IotGateway.Storage.Files;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), by the processor's instruction where it has one.</summary>
public static class Crc32C
{
    /// <summary>The value that a running sum begins with.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>The sum of bytes.</summary>
    /// <param name="bytes">Any number of them.</param>
    /// <returns>The sum as it is stored.</returns>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(Start, bytes);

    /// <summary>Continues a running (not inverted) sum.</summary>
    /// <param name="crc">The sum so far, from <see cref="Start"/> on.</param>
    /// <param name="bytes">The bytes that follow.</param>
    /// <returns>The running sum; inverted, it is the sum.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
