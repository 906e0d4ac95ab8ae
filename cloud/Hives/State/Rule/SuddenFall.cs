using IotGateway.Cloud.Observations;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>
/// A fall of at least 2 °C within 30 minutes from at least 33 °C: the temperature's part of a swarm's departure (Ferrari et al. 2008
/// saw 35 → 33 °C). An opened lid gives the same, so it is only ever a watch.
/// </summary>
internal static class SuddenFall
{
    private const double From = 33;
    private const double Fall = 2;

    /// <summary>30 minutes and a minute for nodes whose quarter hours are a little long.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(31);

    private static readonly TimeSpan ShownFor = TimeSpan.FromHours(RecentHours);

    public static IEnumerable<Reason> Check(IReadOnlyList<Observation> temperature, DateTimeOffset asOf)
    {
        (Observation High, Observation Low)? deepest = null;
        for (var i = temperature.Count - 1; i > 0 && asOf - temperature[i].Time < ShownFor; i--)
        {
            var low = temperature[i];
            for (var j = i - 1; j >= 0 && low.Time - temperature[j].Time <= Within; j--)
            {
                var high = temperature[j];
                if (high.Value >= From && high.Value - low.Value >= Fall
                    && !(deepest is { } d && d.High.Value - d.Low.Value >= high.Value - low.Value))
                    deepest = (high, low);
            }
        }

        if (deepest is var (before, after))
        {
            yield return new Reason(ColonyState.Watch, "fall", Words(
                $"Fell from {before.Value:0.0} to {after.Value:0.0} °C within ",
                $"{Math.Max(1, Math.Round((after.Time - before.Time).TotalMinutes)):0} min, {(asOf - after.Time).TotalMinutes:0} ",
                $"min before this was written. A departing swarm looks like this, and so does an opened hive: weight (2 to 4.5 kg ",
                $"lost) or sound must confirm it."));
        }
    }
}
