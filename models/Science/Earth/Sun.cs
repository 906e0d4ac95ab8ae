using static System.Math;

namespace IotGateway.Science.Earth;

/// <summary>
/// The sun's place in the sky by the low-precision formulas of the Astronomical Almanac (section C, "Low precision formulas for the
/// Sun"): right within 0.01° from 1950 to 2050, so within a few seconds of sunrise at middle latitudes.
/// </summary>
public static class Sun
{
    /// <summary>The centre's elevation at sunrise and sunset, degrees: half the disc and the mean refraction, 50′.</summary>
    public const double RisenDegrees = -0.833;

    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The sun has risen and has not set: the upper edge of its disc stands above a level horizon.</summary>
    /// <param name="time">The time.</param>
    /// <param name="latitudeDegrees">Latitude, −90 to 90.</param>
    /// <param name="longitudeDegrees">Longitude, east positive.</param>
    public static bool IsUp(DateTimeOffset time, double latitudeDegrees, double longitudeDegrees) =>
        ElevationDegrees(time, latitudeDegrees, longitudeDegrees) > RisenDegrees;

    /// <summary>Elevation of the sun's centre over a level horizon, degrees, −90 to 90, without refraction.</summary>
    /// <param name="time">The time.</param>
    /// <param name="latitudeDegrees">Latitude, −90 to 90.</param>
    /// <param name="longitudeDegrees">Longitude, east positive.</param>
    public static double ElevationDegrees(DateTimeOffset time, double latitudeDegrees, double longitudeDegrees)
    {
        var days = (time - J2000).TotalDays;
        var mean = Radians(280.460 + 0.9856474 * days);
        var anomaly = Radians(357.528 + 0.9856003 * days);
        var ecliptic = mean + Radians(1.915 * Sin(anomaly) + 0.020 * Sin(2 * anomaly));
        var obliquity = Radians(23.439 - 0.0000004 * days);
        var ascension = Atan2(Cos(obliquity) * Sin(ecliptic), Cos(ecliptic));
        var declination = Asin(Sin(obliquity) * Sin(ecliptic));
        var hourAngle = Radians(280.46062 + 360.98564737 * days + longitudeDegrees) - ascension;
        var phi = Radians(latitudeDegrees);
        var sine = Sin(phi) * Sin(declination) + Cos(phi) * Cos(declination) * Cos(hourAngle);
        return double.RadiansToDegrees(Asin(Clamp(sine, -1, 1)));
    }

    private static double Radians(double degrees) => double.DegreesToRadians(degrees % 360);
}
