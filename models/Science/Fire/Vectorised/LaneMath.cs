using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector256;

namespace IotGateway.Science.Fire.Vectorised;

/// <summary>
/// Elementary functions of lanes, without branches or tables, within 1e-13 of the library's: more than any formula of
/// fire needs. Ours and not the library's vector forms, which are called rather than inlined and took twice as long. They
/// are written over bare vectors: the compiler gives up inlining where a method has some five hundred intermediate values.
/// </summary>
internal static class LaneMath
{
    /// <summary>1.5 · 2⁵²: what is added to it is rounded to a whole number, which its lowest bits then hold.</summary>
    public const double Rounder = 6755399441055744.0;

    private const double Ln2 = 0.6931471805599453;

    private const double LeastNormal = 2.2250738585072014e-308;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Where(LaneMask mask, Lanes yes, Lanes no) => new(ConditionalSelect(mask.Bits, yes.Values, no.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Max(Lanes a, Lanes b) => new(MaxNative(a.Values, b.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Min(Lanes a, Lanes b) => new(MinNative(a.Values, b.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Abs(Lanes x) => new(Vector256.Abs(x.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Sqrt(Lanes x) => new(Vector256.Sqrt(x.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Floor(Lanes x) => new(Vector256.Floor(x.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes CopySign(Lanes size, Lanes sign) => new(Vector256.CopySign(size.Values, sign.Values));

    /// <summary>e to the x, of x up to 709; 0 below −708. The series of e^r to r¹², |r| ≤ ln 2 / 2, times a power of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Exp(Lanes power)
    {
        var x = power.Values;
        var shifted = MultiplyAddEstimate(x, Create(1.4426950408889634), Create(Rounder));
        var k = shifted - Create(Rounder);
        var r = MultiplyAddEstimate(k, Create(-Ln2), x);
        var r2 = r * r;
        var r4 = r2 * r2;
        var to3 = MultiplyAddEstimate(r2, MultiplyAddEstimate(r, Create(1 / 6.0), Create(1 / 2.0)), Create(1.0) + r);
        var to7 = MultiplyAddEstimate(
            r2, MultiplyAddEstimate(r, Create(1 / 5040.0), Create(1 / 720.0)), MultiplyAddEstimate(r, Create(1 / 120.0), Create(1 / 24.0)));
        var from10 = MultiplyAddEstimate(
            r2, Create(1 / 479_001_600.0), MultiplyAddEstimate(r, Create(1 / 39_916_800.0), Create(1 / 3_628_800.0)));
        var to12 = MultiplyAddEstimate(r2, from10, MultiplyAddEstimate(r, Create(1 / 362_880.0), Create(1 / 40_320.0)));
        var series = MultiplyAddEstimate(r4, MultiplyAddEstimate(r4, to12, to7), to3);
        var scaled = (series.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
        return new Lanes(ConditionalSelect(LessThan(x, Create(-708.0)), Create(0.0), scaled));
    }

    /// <summary>
    /// ln x of a positive number; what is less than the least normal number counts as that. With x = 2^k · m and m
    /// between √½ and √2, ln m = 2 artanh s with s = (m − 1)/(m + 1), by its series to s²¹.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Log(Lanes x)
    {
        var bits = MaxNative(x.Values, Create(LeastNormal)).AsUInt64();
        // k keeps the exponent's bias until it is a number, so that the shift need not know of signs.
        var biased = (bits + Create(0x3FF0000000000000UL - 0x3FE6A09E667F3BCDUL)) >>> 52;
        var m = (bits - (biased << 52) + Create(0x3FF0000000000000UL)).AsDouble();
        var k = (biased + Create(0x4338000000000000UL)).AsDouble() - Create(Rounder + 1023);
        var s = (m - Create(1.0)) / (m + Create(1.0));
        var z = s * s;
        var z2 = z * z;
        var z4 = z2 * z2;
        var to9 = MultiplyAddEstimate(
            z2, MultiplyAddEstimate(z, Create(2 / 9.0), Create(2 / 7.0)), MultiplyAddEstimate(z, Create(2 / 5.0), Create(2 / 3.0)));
        var to17 = MultiplyAddEstimate(
            z2, MultiplyAddEstimate(z, Create(2 / 17.0), Create(2 / 15.0)), MultiplyAddEstimate(z, Create(2 / 13.0), Create(2 / 11.0)));
        var to21 = MultiplyAddEstimate(z, Create(2 / 21.0), Create(2 / 19.0));
        var series = MultiplyAddEstimate(z4, MultiplyAddEstimate(z4, to21, to17), to9);
        return new Lanes(MultiplyAddEstimate(s * z, series, MultiplyAddEstimate(k, Create(Ln2), s + s)));
    }

    /// <summary>x to the y, of x not below 0 and y above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Pow(Lanes x, double y) => Where(x > 0, Exp(y * Log(x)), 0);
}
