using IotGateway.Cloud.Hives.State.Rule;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Signs;

/// <summary>
/// Judgement of a hive that has a scale and never had a thermometer: what the scale tells is said by its signs, and what only a thermometer
/// can tell is named.
/// </summary>
internal static class ScaleAlone
{
    private const string Check = "scale-alone";

    /// <summary>Hours of weight by which it is known what is usual: the three days that robbing is told by.</summary>
    private const int LeastHours = 72;

    /// <summary>It is judged so as of a time: something was weighed, and no temperature was ever read.</summary>
    public static bool Holds(HiveRecord record, HiveRecord known, DateTimeOffset asOf) =>
        known.Weight.Count > 0 && !record.HasThermometer(asOf);

    /// <summary>The state before any sign is looked at.</summary>
    public static HiveState Judge(HiveRecord known, DateTimeOffset asOf)
    {
        var last = known.Weight[^1].Time;
        var hours = known.Weight.Where(w => w.Time > asOf - KnownHours.Window).Select(w => w.Time.UtcTicks / TimeSpan.TicksPerHour)
            .Distinct().Count();
        var evidence = new StateEvidence { HistoryHours = hours, LastReading = last };
        if (asOf - last > SilentAfter)
        {
            return new HiveState(asOf, ColonyState.Silent, [new Reason(ColonyState.Silent, "silence", Words(
                $"No reading of its scale for {(asOf - last).TotalHours:0.#} h while the site's clock moved on: look at the scale, its ",
                $"battery and its radio before the bees."))], evidence);
        }

        var learning = hours < LeastHours;
        var state = learning ? ColonyState.Learning : ColonyState.Normal;
        return new HiveState(asOf, state, [new Reason(state, Check, (learning
            ? Words($"Still learning what is usual for this scale: {hours} h of weight, {LeastHours} are needed. ") : "")
            + "Judged by its scale alone: a swarm's or a thief's sudden loss, robbing, stores and gain. No thermometer has sent a "
            + "reading, so it cannot be said if the nest is warm and steady, weaker than its neighbours', or dead, nor "
            + "if a lost weight was a swarm.")], evidence);
    }
}
