using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.State.Signs;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// Memory of a light: a finding that comes and goes with the hour of day is one finding. It stands until it was not found for a day; what
/// is measured over days, a weakness beside the neighbours or a sensor's drift, until it was not for three.
/// </summary>
internal static class Hysteresis
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(24);
    private static readonly TimeSpan QuietOfDays = TimeSpan.FromHours(72);

    /// <summary>A finding of that check still stands, by what stood an hour before.</summary>
    public static bool Stands(IReadOnlyList<Standing> before, string check, DateTimeOffset asOf) =>
        before.Any(s => s.Check == check && Lasts(s, asOf));

    /// <summary>Adds to an hour's reasons what still stands from before.</summary>
    /// <returns>What stands now.</returns>
    public static IReadOnlyList<Standing> Apply(IReadOnlyList<Standing> before, List<Reason> reasons, DateTimeOffset asOf)
    {
        var now = new List<Standing>();
        foreach (var found in reasons.Where(r => r.IsAlarm).GroupBy(r => r.Check))
        {
            var since = before.FirstOrDefault(s => s.Check == found.Key && Lasts(s, asOf))?.Since ?? asOf;
            now.Add(new Standing(found.Key, since, asOf));
        }

        foreach (var past in before.Where(s => Lasts(s, asOf) && !now.Exists(n => n.Check == s.Check)))
        {
            now.Add(past);
            var at = reasons.FindIndex(r => r.Check == past.Check);
            var text = HiveRule.Words(
                $"Found until {(asOf - past.Seen).TotalHours:0} h ago and no more since; it is dropped after ",
                $"{QuietFor(past).TotalHours:0} h.");
            if (at >= 0)
                reasons[at] = reasons[at] with { State = ColonyState.Watch, Text = $"{reasons[at].Text} {text}" };
            else
                reasons.Add(new Reason(ColonyState.Watch, past.Check, $"{Names[past.Check]}. {text}"));
        }

        return now;
    }

    private static bool Lasts(Standing standing, DateTimeOffset asOf) => asOf - standing.Seen <= QuietFor(standing);

    private static TimeSpan QuietFor(Standing standing) =>
        standing.Check is NeighbourRule.Weak or SensorRule.Drift ? QuietOfDays : Quiet;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["temperature"] = "Its temperature was not what its own history says",
        ["humidity"] = "Its humidity was not what its own history says",
        ["control"] = "It followed the weather more than it used to",
        ["fall"] = "Its temperature fell within half an hour",
        ["heat"] = "It was hotter than any brood bears",
        ["damp"] = "It was damp for hours",
        [NeighbourRule.Weak] = "It held its nest less steady than its neighbours",
        [NeighbourRule.Apart] = "Its temperature left its week before and its neighbours",
        [NeighbourRule.Unsteady] = "It swung more than in the days before, its neighbours did not",
        [GainRule.Gain] = "It gained less than its neighbours",
        [ScaleSigns.Swarm] = "It lost as much at once as a swarm weighs",
        [StoresRule.Starvation] = "Its stores were running out",
        [ScaleSigns.Robbing] = "It lost more in a day than a colony eats",
        [ScaleSigns.Theft] = "More than a swarm weighs was taken from its scale at once",
        [DeathRule.Death] = "Nobody heated its nest",
        [SecondSensor.Disagree] = "Its two thermometers disagreed",
        [SensorRule.Stuck] = "Its sensor stood still",
        [SensorRule.Drift] = "Its sensor seemed to drift",
        [SensorRule.Swap] = "Its sensor seemed to be exchanged",
    };
}
