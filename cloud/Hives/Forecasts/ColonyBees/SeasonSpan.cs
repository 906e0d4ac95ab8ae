using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using static IotGateway.Cloud.Hives.Forecasts.Said;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>Span in which the colony model can speak of a hive: from the 1 May before, where its place and visits allow it.</summary>
internal static class SeasonSpan
{
    /// <summary>Latitudes whose colonies come out of winter about as the model's do on 1 May, degrees north.</summary>
    private const double Southernmost = 40;

    private const double Northernmost = 52;

    /// <summary>An older count tells little of the colony of today.</summary>
    private static readonly TimeSpan OldestCount = TimeSpan.FromDays(60);

    /// <summary>The local 1 May before a time.</summary>
    public static DateOnly FirstDay(Site site, DateTimeOffset asOf)
    {
        var local = TimeZoneInfo.ConvertTime(asOf, site.Zone);
        return new DateOnly(local.Month < 5 ? local.Year - 1 : local.Year, 5, 1);
    }

    /// <summary>The season's last count of frames of bees; null where there is none.</summary>
    public static Visit? LastCount(IReadOnlyList<VisitVersion> known, Site site, DateTimeOffset asOf) =>
        known.Select(v => v.Visit).LastOrDefault(v => v.FramesOfBees is not null && v.Begin <= asOf
            && DateOf(v.Begin, site) >= FirstDay(site, asOf));

    /// <summary>Reason why nothing can be said; null where it can.</summary>
    public static string? WhyNot(Site site, IReadOnlyList<VisitVersion> known, DateTimeOffset asOf)
    {
        if (site.Latitude is < Southernmost or > Northernmost)
            return Words($"the model knows seasons from {Southernmost:0} to {Northernmost:0}° north");
        if (LastCount(known, site, asOf) is not { } count || asOf - count.Begin > OldestCount)
        {
            return "it needs a visit of the last 60 days, since 1 May, that counted frames of bees; a thermometer alone says next to "
                + "nothing of how many there are";
        }

        return known.Select(v => v.Visit).LastOrDefault(v => v.Begin >= count.Begin && v.Begin <= asOf && Broken(v, count)) is { } visit
            ? Words($"on {visit.Begin.UtcDateTime:d MMMM} bees left that nobody counted, by a loss, a swarm or a split; ")
                + "a count since then is needed"
            : null;
    }

    public static DateOnly DateOf(DateTimeOffset time, Site site) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, site.Zone).Date);

    /// <summary>A swarm found is before the count of the same visit; a split, or a loss, is after it.</summary>
    private static bool Broken(Visit visit, Visit count) =>
        visit.Loss is not null || visit.Split is not null || (visit.Swarm == true && visit != count);
}
