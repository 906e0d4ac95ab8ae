using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Web.Charts;

/// <summary>The nights of a place, for shading them.</summary>
internal static class Nights
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>The nights between two times, to ten minutes.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Between(
        DateTimeOffset from, DateTimeOffset to, double latitude, double longitude)
    {
        DateTimeOffset? dusk = null;
        for (var time = from; time < to; time += Step)
        {
            var dark = !Sun.IsUp(time, latitude, longitude);
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
}
