using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IotGateway.Science.Fire.Vectorised;

/// <summary>
/// The same quantity of four fires. Formulas written over lanes read as on paper and are worked out for four fires at
/// the price of one; a number that stands beside lanes is the same in each.
/// </summary>
internal readonly struct Lanes(Vector256<double> values)
{
    /// <summary>Number of lanes.</summary>
    public const int Count = 4;

    /// <summary>The quantity of each fire.</summary>
    public readonly Vector256<double> Values = values;

    /// <summary>The quantity of the first fire.</summary>
    public double First => Values.ToScalar();

    /// <summary>The quantity of one fire.</summary>
    public double this[int lane] => Values[lane];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Lanes(double same) => new(Vector256.Create(same));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator +(Lanes a, Lanes b) => new(a.Values + b.Values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(Lanes a, Lanes b) => new(a.Values - b.Values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator *(Lanes a, Lanes b) => new(a.Values * b.Values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator /(Lanes a, Lanes b) => new(a.Values / b.Values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMask operator <(Lanes a, Lanes b) => new(Vector256.LessThan(a.Values, b.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMask operator >(Lanes a, Lanes b) => new(Vector256.GreaterThan(a.Values, b.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMask operator <=(Lanes a, Lanes b) => new(Vector256.LessThanOrEqual(a.Values, b.Values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneMask operator >=(Lanes a, Lanes b) => new(Vector256.GreaterThanOrEqual(a.Values, b.Values));
}
