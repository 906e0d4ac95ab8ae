using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.Forecasts.FramesOfBees;

/// <summary>Counts of frames of bees by visits: the last one known, those of a site, and the one that is the truth of a day.</summary>
internal static class FrameCounts
{
    private const int MostHives = 25;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>An older count tells little of the colony of today.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(60);

    /// <summary>The last visit that counted, of the last 60 days as they were known at a time; null without one.</summary>
    public static Visit? Last(IReadOnlyList<VisitVersion> own, DateTimeOffset asOf) =>
        VisitBook.KnownOf(own, asOf).Select(v => v.Visit).LastOrDefault(v => v.FramesOfBees is not null) is { } last
            && asOf - last.Begin <= Oldest ? last : null;

    /// <summary>All versions of the visits to a hive and to the others of its site, its own first.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<VisitVersion>>> ReadAsync(
        VisitBook visits, Apiary apiary, Subject subject, CancellationToken cancellation)
    {
        var all = new List<IReadOnlyList<VisitVersion>> { await visits.AllAsync(subject, cancellation) };
        foreach (var other in apiary.Hives.Where(h => h.Site.Id == subject.Site.Id && h.Key != subject.Key).Take(MostHives - 1))
            all.Add(await visits.AllAsync(other, cancellation));
        return all;
    }

    /// <summary>Time at which the first count was known; null without one.</summary>
    public static async Task<DateTimeOffset?> BeginsAsync(VisitBook visits, Subject subject, CancellationToken cancellation) =>
        (await visits.AllAsync(subject, cancellation)).Where(v => v.Visit.FramesOfBees is not null)
            .Select(v => (DateTimeOffset?)v.Known)
            .Min();

    /// <summary>The count of a visit within the day up to a time; null without one.</summary>
    public static async Task<double?> TruthAsync(
        VisitBook visits, Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
        (await visits.KnownAsync(subject, DateTimeOffset.MaxValue, cancellation))
            .Select(v => v.Visit)
            .FirstOrDefault(v => v.FramesOfBees is not null && v.Begin > validAt - Day && v.Begin <= validAt)?.FramesOfBees;

    /// <summary>Reason why no forecast can be made of counts; null where there is one.</summary>
    public static string? WhyNot(IReadOnlyList<VisitVersion> own, DateTimeOffset asOf) => Last(own, asOf) is null
        ? "no visit of the last 60 days counted frames of bees, and sensors without a visit are useless for this"
        : null;
}
