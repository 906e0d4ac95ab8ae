using IotGateway.Cloud.Sites;
using IotGateway.Science.Earth;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Cloud.Hives.Weight;

/// <summary>Nights of a scale: the change of net weight and outside temperature from its first dark reading to its last.</summary>
internal static class ScaleNights
{
    /// <summary>Elevation of the sun below which no bee flies: the end of civil twilight.</summary>
    private const double DarkDegrees = -6;

    private static readonly TimeSpan Shortest = TimeSpan.FromHours(4);
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(3);

    public static IReadOnlyList<NightChange> Of(IReadOnlyList<NetPoint> points, Site site, Func<DateTimeOffset, double?> temperature)
    {
        var nights = new List<NightChange>();
        int? first = null;
        for (var i = 0; i <= points.Count; i++)
        {
            var goesOn = i < points.Count && Sun.ElevationDegrees(points[i].Time, site.Latitude, site.Longitude) < DarkDegrees
                && (first is null || points[i].Time - points[i - 1].Time <= LongestGap);
            if (goesOn)
            {
                first ??= i;
                continue;
            }

            if (first is { } from && Change(points[from], points[i - 1], temperature) is { } night)
                nights.Add(night);
            first = null;
        }

        return nights;
    }

    private static NightChange? Change(NetPoint from, NetPoint to, Func<DateTimeOffset, double?> temperature) =>
        to.Time - from.Time >= Shortest && to.Time - from.Time < TimeSpan.FromDays(1)
        && temperature(from.Time) is { } before && temperature(to.Time) is { } after
            ? new NightChange((to.Time - from.Time).TotalHours, to.NetKilograms - from.NetKilograms, after - before)
            : null;
}
