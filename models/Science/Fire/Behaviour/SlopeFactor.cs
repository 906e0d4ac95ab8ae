using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Vectorised;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>Factor of a slope on the rate of spread on a calm day (ST-X-3, eq. 39; 10 from 70 % upward, GLC-X-10).</summary>
public static class SlopeFactor
{
    private const double Ln10 = 2.302585092994046;

    /// <summary>The factor, 1 to 10, of a slope of 0 to 200 %.</summary>
    /// <exception cref="InputException">The slope is outside its range.</exception>
    public static double Of(double slopePercent)
    {
        Check.Within(slopePercent, 0, 200, "slope (%)");
        return slopePercent >= 70 ? 10 : Math.Exp(Logarithm(slopePercent).First);
    }

    /// <summary>The factor's natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Logarithm(Lanes slopePercent) =>
        LaneMath.Where(slopePercent >= 70, Ln10, 3.533 * LaneMath.Pow(slopePercent * 0.01, 1.2));
}
