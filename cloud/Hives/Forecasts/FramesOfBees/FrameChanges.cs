using IotGateway.Cloud.Hives.Visits;

namespace IotGateway.Cloud.Hives.Forecasts.FramesOfBees;

/// <summary>
/// Changes of the frames of bees from one visit to the next, at all hives of a site, as they were known at a time: what seasons and
/// people's estimates do to a count.
/// </summary>
internal static class FrameChanges
{
    /// <summary>Fewer make no interval.</summary>
    public const int Fewest = 12;

    private static readonly TimeSpan ShortestGap = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongestGap = TimeSpan.FromDays(35);
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(60);

    /// <summary>The changes that ended in the last 60 days, frames, ascending.</summary>
    /// <param name="visits">By hive, all versions.</param>
    /// <param name="asOf">Later versions are not known yet.</param>
    public static double[] Of(IEnumerable<IReadOnlyList<VisitVersion>> visits, DateTimeOffset asOf)
    {
        var changes = new List<double>();
        foreach (var hive in visits)
        {
            Visit? last = null;
            foreach (var visit in VisitBook.KnownOf(hive, asOf).Select(v => v.Visit).Where(v => v.FramesOfBees is not null))
            {
                if (last is not null && visit.Begin - last.Begin >= ShortestGap && visit.Begin - last.Begin <= LongestGap
                    && asOf - visit.Begin <= LookedBack)
                    changes.Add(visit.FramesOfBees!.Value - last.FramesOfBees!.Value);
                last = visit;
            }
        }

        changes.Sort();
        return [.. changes];
    }
}
