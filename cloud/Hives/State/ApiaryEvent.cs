using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// Alarm of an apiary rather than of its hives: two or more of them left what was usual within a day of each other. The cause is then
/// sought in what they share: weather, flow, robbing, spraying, the beekeeper's work.
/// </summary>
/// <param name="Since">When the first began.</param>
/// <param name="Until">When the last of them began.</param>
/// <param name="State">The gravest state of its hives.</param>
/// <param name="Hives">In the order in which they began.</param>
internal sealed record ApiaryEvent(DateTimeOffset Since, DateTimeOffset Until, ColonyState State, IReadOnlyList<Subject> Hives)
{
    private static readonly TimeSpan Together = TimeSpan.FromHours(24);

    /// <summary>Sentence for the beekeeper.</summary>
    public string Text => HiveRule.Words(
        $"{Hives.Count} hives left what is usual for them within {Math.Max(1, (Until - Since).TotalHours):0} h of each other: ",
        $"{string.Join(", ", Hives.Select(h => h.Name))}. Look first for what they share (weather, the end of a flow or of brood, ",
        $"robbing, spraying, your own work) and only then at each.");

    /// <summary>The events among the newest states of a site's hives, the oldest first.</summary>
    public static IReadOnlyList<ApiaryEvent> Of(IEnumerable<(Subject Hive, HiveState State)> newest)
    {
        var begun = newest
            .Where(n => n.State.State is ColonyState.Watch or ColonyState.Abnormal)
            .Select(n => (n.Hive, n.State.State, Since: Began(n.State)))
            .Where(n => n.Since is not null)
            .OrderBy(n => n.Since)
            .ToList();
        var events = new List<ApiaryEvent>();
        for (var i = 0; i < begun.Count;)
        {
            var group = begun.Skip(i).TakeWhile(b => b.Since - begun[i].Since <= Together).ToList();
            if (group.Count > 1)
                events.Add(new(group[0].Since!.Value, group[^1].Since!.Value, group.Max(g => g.State), [.. group.Select(g => g.Hive)]));
            i += group.Count;
        }

        return events;
    }

    /// <summary>
    /// The beginning of the oldest finding that stands; being weak, and a sensor's fault, are of one hive and no event's part.
    /// </summary>
    private static DateTimeOffset? Began(HiveState state) => state.Standing?
        .Where(s => s.Check is not (NeighbourRule.Weak or SensorRule.Stuck or SensorRule.Drift or SensorRule.Swap
            or SecondSensor.Disagree))
        .Select(s => (DateTimeOffset?)s.Since)
        .Min();
}
