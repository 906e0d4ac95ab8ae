using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Vectorised;
using static System.Math;

namespace IotGateway.Science.Fire.Danger.Moisture;

/// <summary>
/// The daily and the hourly FFMC's common part: the scale between code and moisture, the equilibria,
/// and the rates at which litter approaches them. Equation numbers are those of FTR 33.
/// </summary>
internal static class FineFuelMoisture
{
    /// <summary>
    /// 250 · 59.5 / 101 = 147.27723, both ways. It makes a code of 0 mean 250 % exactly; the 1985 paper
    /// prints 147.2, which moves FFMC by up to 0.11. See docs/science/fire.md.
    /// </summary>
    public const double Scale = 250 * 59.5 / 101;

    /// <summary>Moisture content, %, of an FFMC (eq. 1).</summary>
    public static double OfCode(double ffmc) => OfCode((Lanes)ffmc).First;

    /// <inheritdoc cref="OfCode(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes OfCode(Lanes ffmc) => Scale * (101 - ffmc) / (59.5 + ffmc);

    /// <summary>FFMC of a moisture content, % (eq. 10), kept within 0 to 101.</summary>
    public static double ToCode(double moisture) => Clamp(59.5 * (250 - moisture) / (Scale + moisture), 0, 101);

    /// <summary>Moisture after rain (eq. 3a, 3b), at most 250 %.</summary>
    public static double AfterRain(double moisture, double effectiveRain)
    {
        var wetted = moisture + 42.5 * effectiveRain * Exp(-100 / (251 - moisture)) * (1 - Exp(-6.93 / effectiveRain));
        if (moisture > 150)
            wetted += 0.0015 * (moisture - 150) * (moisture - 150) * Sqrt(effectiveRain);
        return Min(wetted, 250);
    }

    /// <summary>
    /// Moisture after drying or wetting towards the equilibrium (eq. 4 to 9). <paramref name="pace"/> is
    /// 0.581 for a day and 0.0579 times the hours for hourly steps (Van Wagner 1977).
    /// </summary>
    public static double Approach(double moisture, double celsius, double humidity, double wind, double pace)
    {
        var saturation = Exp((humidity - 100) / 10);
        var warmth = 0.18 * (21.1 - celsius) * (1 - Exp(-0.115 * humidity));
        var dryingEnd = 0.942 * Pow(humidity, 0.679) + 11 * saturation + warmth;
        if (moisture > dryingEnd)
            return dryingEnd + (moisture - dryingEnd) * Pow(10, -Rate(humidity / 100, celsius, wind) * pace);

        var wettingEnd = 0.618 * Pow(humidity, 0.753) + 10 * saturation + warmth;
        return moisture < wettingEnd
            ? wettingEnd - (wettingEnd - moisture) * Pow(10, -Rate((100 - humidity) / 100, celsius, wind) * pace)
            : moisture;
    }

    private static double Rate(double deficit, double celsius, double wind)
    {
        var square = deficit * deficit;
        var eighth = square * square * square * square;
        return (0.424 * (1 - Pow(deficit, 1.7)) + 0.0694 * Sqrt(wind) * (1 - eighth)) * Exp(0.0365 * celsius);
    }
}
