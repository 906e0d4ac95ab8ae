using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Vectorised;
using static System.Math;

namespace IotGateway.Science.Fire.Danger;

/// <summary>
/// Initial Spread Index: wind and fine fuel moisture together, without the fuel's amount.
/// FTR 33, eq. 24 to 26; the FBP System's wind function above 40 km/h is ST-X-3, eq. 53a.
/// </summary>
public static class InitialSpreadIndex
{
    /// <summary>The index of the FWI System.</summary>
    /// <param name="ffmc">FFMC, 0 to 101.</param>
    /// <param name="windKilometresPerHour">Wind at 10 m, km/h, 0 to 300.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Of(double ffmc, double windKilometresPerHour)
    {
        Check.Within(ffmc, 0, 101, "FFMC");
        Check.Wind(windKilometresPerHour);
        return 0.208 * Exp(0.05039 * windKilometresPerHour) * FuelFactor(ffmc);
    }

    /// <summary>The index as the FBP System takes it: the effect of wind levels off above 40 km/h.</summary>
    /// <inheritdoc cref="Of"/>
    public static double ForBehaviour(double ffmc, double windKilometresPerHour)
    {
        Check.Within(ffmc, 0, 101, "FFMC");
        Check.Wind(windKilometresPerHour);
        return (0.208 * BehaviourWindFactor(windKilometresPerHour) * FuelFactor((Lanes)ffmc)).First;
    }

    /// <summary>f(F), eq. 25.</summary>
    internal static double FuelFactor(double ffmc) => FuelFactor((Lanes)ffmc).First;

    /// <inheritdoc cref="FuelFactor(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes FuelFactor(Lanes ffmc)
    {
        var moisture = FineFuelMoisture.OfCode(ffmc);
        return 91.9 * LaneMath.Exp(-0.1386 * moisture) * (1 + LaneMath.Pow(moisture, 5.31) * (1 / 4.93e7));
    }

    /// <summary>f(W), eq. 24, and ST-X-3 eq. 53a from 40 km/h: 12 · (1 − e^(−0.0818 (W − 28))). One exp serves both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes BehaviourWindFactor(Lanes wind)
    {
        var below = wind < 40;
        var exp = LaneMath.Exp(LaneMath.Where(below, 0.05039 * wind, -0.0818 * (wind - 28)));
        return LaneMath.Where(below, exp, 12 * (1 - exp));
    }
}
