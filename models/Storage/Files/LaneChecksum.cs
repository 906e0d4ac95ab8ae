using System.Numerics;
using System.Runtime.InteropServices;

namespace IotGateway.Storage.Files;

/// <summary>
/// A checksum of CRC-32C for pages and frames. Long spans go in four lanes, whose sums are then summed: the instruction's delay hides
/// behind three others, which makes it about three times as fast. Of less than 256 bytes it is <see cref="Crc32C"/> itself.
/// </summary>
public static class LaneChecksum
{
    private const int LanesFrom = 256;

    /// <summary>The sum of bytes.</summary>
    /// <param name="bytes">Any number of them.</param>
    /// <returns>The sum as it is stored.</returns>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(Crc32C.Start, bytes);

    /// <summary>Continues a running (not inverted) sum; the spans must be the same when it is checked.</summary>
    /// <param name="crc">The sum so far, from <see cref="Crc32C.Start"/> on.</param>
    /// <param name="bytes">The bytes that follow.</param>
    /// <returns>The running sum; inverted, it is the sum.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LanesFrom)
            return Crc32C.Append(crc, bytes);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var lane = words.Length / 4;
        var first = words[..lane];
        var second = words.Slice(lane, lane);
        var third = words.Slice(2 * lane, lane);
        var fourth = words.Slice(3 * lane, lane);
        var (a, b, c, d) = (crc, ~crc, uint.MaxValue, 0u);
        for (var i = 0; i < first.Length; i++)
        {
            a = BitOperations.Crc32C(a, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
            d = BitOperations.Crc32C(d, fourth[i]);
        }

        crc = BitOperations.Crc32C(BitOperations.Crc32C(a, ((ulong)b << 32) | c), d);
        return Crc32C.Append(crc, bytes[(lane * 4 * sizeof(ulong))..]);
    }
}
