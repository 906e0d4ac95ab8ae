using System.Collections.Concurrent;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Hive.Signs;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Cloud.Hives.State.Signs;

/// <summary>Scale of a hive with the versions of its visits; both may reach beyond the time that is judged.</summary>
internal sealed record HiveScale(IReadOnlyList<ScaleReading> Weight, IReadOnlyList<VisitVersion> Visits);

/// <summary>Gains of a site's hives in a week, without the beekeeper's work, as they were known at a time.</summary>
internal sealed class WeekGains(IReadOnlyDictionary<string, HiveScale> hives)
{
    /// <summary>The week, and the gap of two days behind which a net weight begins anew.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(10);

    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<(string Hive, DateTimeOffset AsOf), double?> _gains = [];

    /// <summary>No hive has a scale.</summary>
    public static WeekGains None { get; } = new(new Dictionary<string, HiveScale>());

    /// <summary>The gains of all hives but one that are known, kg.</summary>
    public IReadOnlyList<double> Beside(string hive, DateTimeOffset asOf) =>
        [.. hives.Keys.Where(h => h != hive).Select(h => _gains.GetOrAdd((h, asOf), _ => Of(hives[h], asOf))).OfType<double>()];

    private static double? Of(HiveScale scale, DateTimeOffset asOf)
    {
        ScaleReading[] known = [.. scale.Weight.Where(r => r.Time > asOf - Window && r.Time <= asOf)];
        if (known.Length == 0)
            return null;
        var works = VisitBook.KnownOf(scale.Visits, asOf).Select(v => new WorkHours(v.Visit.Begin, v.Visit.Until));
        return NetChange.Over(NetWeight.Of(known, [.. works]), asOf, Week);
    }
}
