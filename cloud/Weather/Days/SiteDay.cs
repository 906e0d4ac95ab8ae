using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Weather.Days;

/// <summary>A local day of a site, 23 to 25 hours long, in UTC.</summary>
/// <param name="Date">The local date.</param>
/// <param name="From">Its first moment.</param>
/// <param name="To">The first moment of the next day.</param>
/// <param name="StandardNoon">12:00 of local standard time, which knows no summer time.</param>
internal sealed record SiteDay(DateOnly Date, DateTimeOffset From, DateTimeOffset To, DateTimeOffset StandardNoon)
{
    /// <summary>Least difference that is a move of the date line.</summary>
    private static readonly TimeSpan DateLine = TimeSpan.FromHours(12);

    /// <summary>Days between two looks at the offset: no summer time, nor the pause that Morocco makes in it, is shorter.</summary>
    private const int SampledDays = 5;

    /// <summary>Number of its hours; a part of an hour counts as one.</summary>
    public int Hours => (int)Math.Ceiling((To - From).TotalHours);

    public static SiteDay Of(DateOnly date, TimeZoneInfo zone) => new(
        date, Midnight.Of(date, zone), Midnight.Of(date.AddDays(1), zone),
        new DateTimeOffset(date.ToDateTime(new TimeOnly(12, 0)), StandardOffset(date, zone)).ToUniversalTime());

    /// <summary>The days that have a part in a span.</summary>
    public static IEnumerable<SiteDay> Between(DateOnly from, DateOnly to, TimeZoneInfo zone)
    {
        for (var date = from; date <= to; date = date.AddDays(1))
            yield return Of(date, zone);
    }

    /// <summary>
    /// The zone's offset without summer time, as it was that year: the least of the year's. Not what the zone's data call standard, for in
    /// some zones that is summer's (Ireland) or the greater part of the year's (Morocco). An offset from the other side of a change of the
    /// date line, as Samoa's of 2011, is no summer time.
    /// </summary>
    private static TimeSpan StandardOffset(DateOnly date, TimeZoneInfo zone)
    {
        var now = zone.GetUtcOffset(new DateTime(date, new TimeOnly(12, 0), DateTimeKind.Utc));
        var least = now;
        for (var day = 0; day < 365; day += SampledDays)
        {
            var offset = zone.GetUtcOffset(new DateTime(date.Year, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddDays(day));
            if (offset < least && now - offset < DateLine)
                least = offset;
        }

        return least;
    }
}
