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
        var windAzimuth = Turn(weather.WindDirectionDegrees + 180) * PI / 180;
        if (terrain.SlopePercent <= 0 || weather.Ffmc <= 0)
            return new SlopeWind(weather.WindKilometresPerHour, windAzimuth);

        var slopeIsi = SurfaceSpread.SlopeIsi(stand, 0.208 * fuelFactor, SlopeFactor.Of(terrain.SlopePercent));
        var slopeWind = Equivalent(slopeIsi, fuelFactor);
        var (windEast, windNorth) = SinCos(windAzimuth);
        var (upEast, upNorth) = SinCos(Turn(terrain.AspectDegrees + 180) * PI / 180);
        var east = weather.WindKilometresPerHour * windEast + slopeWind * upEast;
        var north = weather.WindKilometresPerHour * windNorth + slopeWind * upNorth;
        var net = Sqrt(east * east + north * north);
        var azimuth = net > 0 ? Acos(Clamp(north / net, -1, 1)) : windAzimuth;
        return new SlopeWind(net, east < 0 ? 2 * PI - azimuth : azimuth);
    }

    /// <summary>The wind that raises a calm day's ISI to this one (WSE, GLC-X-10 eq. 44a to 44e), at most 112.45 km/h.</summary>
    private static double Equivalent(double isi, double fuelFactor)
    {
        var wind = Log(isi / (0.208 * fuelFactor)) / 0.05039;
        if (wind <= 40)
            return wind;
        return isi < 0.999 * 2.496 * fuelFactor
            ? 28 - Log(1 - isi / (2.496 * fuelFactor)) / 0.0818
            : 112.45;
    }

    private static double Turn(double degrees) => degrees >= 360 ? degrees - 360 : degrees;
}
