using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IotGateway.Science.Fire.Vectorised;

/// <summary>In which lanes a comparison holds.</summary>
internal readonly struct LaneMask(Vector256<double> bits)
{
    /// <summary>All bits set where the comparison holds, none where not.</summary>
    public readonly Vector256<double> Bits = bits;

    /// <summary>True where it holds in some lane.</summary>
    public bool Any => Bits.ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMask operator &(LaneMask a, LaneMask b) => new(a.Bits & b.Bits);
}
