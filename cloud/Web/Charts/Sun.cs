namespace IotGateway.Cloud.Web.Charts;

/// <summary>Where the sun stands, for shading the night; the low-precision formulas of the Astronomical Almanac, good to about 0.01°.</summary>
internal static class Sun
{
    /// <summary>The sun's upper edge touches the horizon, refraction included, degrees.</summary>
    private const double Horizon = -0.833;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>The nights between two times, to ten minutes.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Nights(DateTimeOffset from, DateTimeOffset to, double latitude, double longitude)
    {
        DateTimeOffset? dusk = null;
        for (var time = from; time < to; time += Step)
        {
            var dark = Elevation(time, latitude, longitude) < Horizon;
            if (dark && dusk is null)
                dusk = time;
            if (!dark && dusk is { } since)
            {
                yield return (since, time);
                dusk = null;
            }
        }

        if (dusk is { } last)
            yield return (last, to);
    }

    /// <summary>Degrees above the horizon, without refraction.</summary>
    public static double Elevation(DateTimeOffset time, double latitude, double longitude)
    {
        var days = (time - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays;
        var mean = Radians(280.460 + (0.9856474 * days));
        var anomaly = Radians(357.528 + (0.9856003 * days));
        var ecliptic = mean + Radians((1.915 * Math.Sin(anomaly)) + (0.020 * Math.Sin(2 * anomaly)));
        var obliquity = Radians(23.439 - (0.0000004 * days));
        var ascension = Math.Atan2(Math.Cos(obliquity) * Math.Sin(ecliptic), Math.Cos(ecliptic));
        var declination = Math.Asin(Math.Sin(obliquity) * Math.Sin(ecliptic));
        var hourAngle = Radians(280.46062 + (360.98564737 * days) + longitude) - ascension;
        var phi = Radians(latitude);
        return Math.Asin((Math.Sin(phi) * Math.Sin(declination)) + (Math.Cos(phi) * Math.Cos(declination) * Math.Cos(hourAngle))) * 180 / Math.PI;
    }

    private static double Radians(double degrees) => degrees % 360 * Math.PI / 180;
}
