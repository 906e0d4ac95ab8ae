using System.Text.Json;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Disease;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>Health of one hive as its visits tell it at a time: living or lost, its newest mite wash, its brood's disease.</summary>
/// <param name="Lives">No visit has written its loss, or one after that found a colony again.</param>
/// <param name="Wash">The newest wash that is not too old; null without one.</param>
/// <param name="Disease">The newest finding; null where nobody looked.</param>
internal sealed record HiveHealth(bool Lives, MiteCount? Wash, BroodDisease? Disease)
{
    /// <param name="visits">Known at that time, ascending.</param>
    /// <param name="asOf">The time.</param>
    public static HiveHealth Of(IReadOnlyList<VisitVersion> visits, DateTimeOffset asOf)
    {
        var washed = visits.LastOrDefault(v => v.Visit.MiteWash is not null)?.Visit;
        return new HiveHealth(
            visits.Count == 0 || visits[^1].Visit.Loss is null,
            washed is not null ? Counted(washed, visits, asOf) : null,
            visits.LastOrDefault(v => v.Visit.Disease is not null)?.Visit.Disease);
    }

    private static MiteCount? Counted(Visit washed, IReadOnlyList<VisitVersion> visits, DateTimeOffset asOf)
    {
        var age = Math.Max(0, (asOf - washed.Begin).TotalDays);
        if (age > MiteCount.OldestDays)
            return null;
        var treatments = visits
            .Where(v => v.Visit.Begin >= washed.Begin && v.Visit.Treatment is { Removed: false, Means: not TreatmentMeans.Antibiotic })
            .Select(v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.Visit.Treatment!.Means.ToString()));
        return new MiteCount(washed.MiteWash!.Mites, washed.MiteWash.Bees, age, [.. treatments]);
    }
}
