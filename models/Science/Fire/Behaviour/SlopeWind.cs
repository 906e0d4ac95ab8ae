using System.Runtime.InteropServices;
using static System.Math;

namespace IotGateway.Science.Fire;

/// <summary>
/// Wind and slope as one wind (ST-X-3, eq. 39 to 51; GLC-X-10 for slopes and winds that exceed the
/// originals' range).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SlopeWind(double NetWind, double SpreadAzimuth)
{
    /// <summary>The net effective wind, km/h, and the direction in which the fire runs, radians clockwise from north.</summary>
    public static SlopeWind Of(in Stand stand, in BehaviourWeather weather, in Terrain terrain, double fuelFactor)
    {
        var windAzimuth = Turn(weather.WindDirectionDegrees + 180) * (PI / 180);
        if (terrain.SlopePercent <= 0 || weather.Ffmc <= 0)
            return new SlopeWind(weather.WindKilometresPerHour, windAzimuth);

        var slopeIsi = SurfaceSpread.SlopeIsi(stand, 0.208 * fuelFactor, SlopeFactor.Of(terrain.SlopePercent));
        var slopeWind = Equivalent(slopeIsi, fuelFactor);
        // In axes along the wind: what the slope adds along it and across it.
        var (across, along) = SinCos((terrain.AspectDegrees + 180) * (PI / 180) - windAzimuth);
        across *= slopeWind;
        along = along * slopeWind + weather.WindKilometresPerHour;
        var net = Sqrt(across * across + along * along);
        var azimuth = windAzimuth + (net > 0 ? Atan2(across, along) : 0);
        return new SlopeWind(net, InOneTurn(azimuth));
    }

    /// <summary>From 0 to below a full turn; what rounding leaves just below a full turn is north.</summary>
    private static double InOneTurn(double radians)
    {
        var turned = radians < 0 ? radians + 2 * PI : radians;
        turned = turned >= 2 * PI ? turned - 2 * PI : turned;
        return turned > 2 * PI - 1e-9 ? 0 : turned;
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

    private static double Turn(double degrees) => degrees >= 360 ? degrees - 360 : degrees;
}
