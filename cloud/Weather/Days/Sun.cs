namespace IotGateway.Cloud.Weather.Days;

/// <summary>
/// Where the sun stands, by Spencer's series for declination and equation of time (J. W. Spencer, Fourier series representation of the
/// position of the sun, Search 2(5), 1971); good to about 0.1° of declination, so a few minutes of sunrise.
/// </summary>
internal static class Sun
{
    /// <summary>The centre's elevation at sunrise and sunset: half the disc and the mean refraction, 50′.</summary>
    public const double RisenDegrees = -0.833;

    /// <summary>Elevation of the sun's centre over the level, degrees, without refraction.</summary>
    public static double ElevationDegrees(DateTimeOffset time, double latitude, double longitude)
    {
        var utc = time.UtcDateTime;
        var hours = utc.TimeOfDay.TotalHours;
        var g = 2 * Math.PI * (utc.DayOfYear - 1 + (hours - 12) / 24) / (DateTime.IsLeapYear(utc.Year) ? 366 : 365);
        var declination = 0.006918 - 0.399912 * Math.Cos(g) + 0.070257 * Math.Sin(g) - 0.006758 * Math.Cos(2 * g) + 0.000907 * Math.Sin(2 * g)
            - 0.002697 * Math.Cos(3 * g) + 0.00148 * Math.Sin(3 * g);
        var equationMinutes = 229.18 * (0.000075 + 0.001868 * Math.Cos(g) - 0.032077 * Math.Sin(g) - 0.014615 * Math.Cos(2 * g) - 0.040849 * Math.Sin(2 * g));
        var hourAngle = double.DegreesToRadians(15 * (hours - 12) + longitude + equationMinutes / 4);
        var phi = double.DegreesToRadians(latitude);
        return double.RadiansToDegrees(Math.Asin(Math.Clamp(Math.Sin(phi) * Math.Sin(declination) + Math.Cos(phi) * Math.Cos(declination) * Math.Cos(hourAngle), -1, 1)));
    }

    public static bool IsUp(DateTimeOffset time, double latitude, double longitude) => ElevationDegrees(time, latitude, longitude) > RisenDegrees;
}
