using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector256;

namespace IotGateway.Science.Fire.Vectorised;

/// <summary>Directions in lanes, without branches, within 1e-15 of a radian or of 1.</summary>
internal static class LaneAngles
{
    /// <summary>
    /// Sine and cosine of an angle in degrees, −1e6 to 1e6: of what is left from the nearest quarter turn, by their series.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes Sine, Lanes Cosine) SinCosOfDegrees(Lanes degrees)
    {
        var quarters = MultiplyAddEstimate(degrees.Values, Create(1 / 90.0), Create(LaneMath.Rounder));
        var x = MultiplyAddEstimate(quarters - Create(LaneMath.Rounder), Create(-90.0), degrees.Values) * (Math.PI / 180);
        var z = x * x;
        var z4 = z * z * (z * z);
        var sine = x * MultiplyAddEstimate(
            z4,
            Cubic(z, 1 / 362_880.0, -1 / 39_916_800.0, 1 / 6_227_020_800.0, -1 / 1_307_674_368_000.0),
            Cubic(z, 1, -1 / 6.0, 1 / 120.0, -1 / 5040.0));
        var cosine = MultiplyAddEstimate(
            z4,
            Cubic(z, 1 / 40_320.0, -1 / 3_628_800.0, 1 / 479_001_600.0, -1 / 87_178_291_200.0),
            Cubic(z, 1, -1 / 2.0, 1 / 24.0, -1 / 720.0));
        // An odd number of quarters swaps the two; its second lowest bit is the sine's sign, that of one more the cosine's.
        var bits = quarters.AsInt64();
        var odd = Vector256.Equals(bits & Vector256<long>.One, Vector256<long>.One).AsDouble();
        var sineSign = (bits << 62) & Create(long.MinValue);
        var cosineSign = ((bits + Vector256<long>.One) << 62) & Create(long.MinValue);
        return (
            new Lanes(ConditionalSelect(odd, cosine, sine) ^ sineSign.AsDouble()),
            new Lanes(ConditionalSelect(odd, sine, cosine) ^ cosineSign.AsDouble()));
    }

    /// <summary>
    /// The angle of (x, y) from the x axis towards the y axis, radians; 0 where the length is 0. From the nearest axis, the
    /// tangent of half the angle is at most √2 − 1; the polynomial for its arc tangent is a Chebyshev fit of our own.
    /// </summary>
    /// <param name="y">Part along the y axis.</param>
    /// <param name="x">Part along the x axis.</param>
    /// <param name="length">√(x² + y²).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Angle(Lanes y, Lanes x, Lanes length)
    {
        var sizeX = Abs(x.Values);
        var sizeY = Abs(y.Values);
        var t = MinNative(sizeX, sizeY) / (MaxNative(sizeX, sizeY) + length.Values);
        var z = t * t;
        var z4 = z * z * (z * z);
        var high = Cubic(z, 0.056883492268090105, -0.043480522157164625, 0.021135373157693245, 0);
        var middle = Cubic(z, 0.11111106180455945, -0.09090773074808414, 0.07689953496306858, -0.06640233930429409);
        var low = Cubic(z, 1, -0.33333333333328439, 0.19999999998855110, -0.14285714180976467);
        var fromAxis = (t + t) * MultiplyAddEstimate(z4, MultiplyAddEstimate(z4, high, middle), low);
        var inQuarter = ConditionalSelect(GreaterThan(sizeY, sizeX), Create(Math.PI / 2) - fromAxis, fromAxis);
        var inHalf = ConditionalSelect(LessThan(x.Values, Create(0.0)), Create(Math.PI) - inQuarter, inQuarter);
        return new Lanes(ConditionalSelect(GreaterThan(length.Values, Create(0.0)), CopySign(inHalf, y.Values), Create(0.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Cubic(Vector256<double> z, double c0, double c1, double c2, double c3) => MultiplyAddEstimate(
        z * z, MultiplyAddEstimate(z, Create(c3), Create(c2)), MultiplyAddEstimate(z, Create(c1), Create(c0)));
}
