using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Math;

namespace IotGateway.Science.Fire;

/// <summary>
/// Wind and slope as one wind (ST-X-3, eq. 39 to 51; GLC-X-10 for slopes and winds that exceed the
/// originals' range).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlopeWind(double Across, double Along, double WindDirectionDegrees)
{
    /// <summary>The net effective wind (WSV, eq. 49), km/h.</summary>
    public double NetWind => Sqrt(Across * Across + Along * Along);

    /// <summary>The direction in which the fire runs (RAZ, eq. 50), degrees clockwise from north.</summary>
    public double SpreadAzimuthDegrees => InOneTurn(WindDirectionDegrees + 180 + Atan2(Across, Along) * (180 / PI));

    /// <summary>The net effective wind, in axes along and across the wind.</summary>
    public static SlopeWind Of(in Stand stand, in BehaviourWeather weather, in Terrain terrain, double fuelFactor)
    {
        if (terrain.SlopePercent <= 0 || weather.Ffmc <= 0)
            return new SlopeWind(0, weather.WindKilometresPerHour, weather.WindDirectionDegrees);

        // Wind comes from where it is named after and a slope faces away from its top: half a turn each.
        // The vector form of the sine has no branches, which a random angle makes a toss-up.
        var (sine, cosine) = Vector128.SinCos(Vector128.CreateScalar((terrain.AspectDegrees - weather.WindDirectionDegrees) * (PI / 180)));
        var slopeIsi = SurfaceSpread.SlopeIsi(stand, 0.208 * fuelFactor, SlopeFactor.Logarithm(terrain.SlopePercent));
        var slopeWind = Equivalent(slopeIsi, fuelFactor);
        return new SlopeWind(sine.ToScalar() * slopeWind, cosine.ToScalar() * slopeWind + weather.WindKilometresPerHour, weather.WindDirectionDegrees);
    }

    /// <summary>From 0 to below a full turn; what rounding leaves just below a full turn is north.</summary>
    private static double InOneTurn(double degrees)
    {
        var turned = degrees - 360 * Floor(degrees * (1 / 360.0));
        return turned is >= 0 and < 360 - 6e-8 ? turned : 0;
    }

    /// <summary>The wind that raises a calm day's ISI to this one (WSE, GLC-X-10 eq. 44a to 44e), at most 112.45 km/h.</summary>
    private static double Equivalent(double isi, double fuelFactor)
    {
        var wind = Log(isi / (0.208 * fuelFactor)) * (1 / 0.05039);
        if (wind <= 40)
            return wind;
        return isi < 0.999 * 2.496 * fuelFactor
            ? 28 - Log(1 - isi / (2.496 * fuelFactor)) / 0.0818
            : 112.45;
    }
}
