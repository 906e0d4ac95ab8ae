using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>
/// Comparison of a nest with its neighbours' at the same hours, so that what weather and season do to all of them is nobody's alarm.
/// </summary>
internal static class NeighbourRule
{
    public const string Weak = "neighbours";
    public const string Apart = "apart";
    public const string Unsteady = "unsteady";

    /// <summary>The median of fewer is not what a strong colony does; two weak ones among three would be the measure.</summary>
    private const int LeastToBeWeakAmong = 3;

    private const double WeakFrom = 3;
    private const double WeakUntil = 1.5;
    private const double WeakFromCelsius = 0.5;
    private const double WeakUntilCelsius = 0.3;
    private const double ApartCelsius = 1;
    private const double ApartSpreads = 4;

    /// <summary>A colony in trouble cools; to be warmer than usual is more often the sun's or the flow's doing.</summary>
    private const double WarmerTimes = 1.5;

    private const int ApartHours = 2;
    private const double UnsteadyTimes = 3;
    private const double UnsteadyCelsius = 1;

    /// <summary>
    /// Swing of the last seven days beside the neighbours': a colony too weak to hold its nest, also when it always was. It begins at
    /// three times their median day and ends at one and a half.
    /// </summary>
    public static StateEvidence CheckWeak(Compared nest, bool standing, StateEvidence evidence, List<Reason> reasons)
    {
        if (nest.Own.UsualSwing(0, 6) is not { } own)
            return evidence;
        if (nest.Median(n => n.UsualSwing(0, 6), LeastToBeWeakAmong) is not { } theirs)
        {
            reasons.Add(new Reason(ColonyState.Normal, Weak, nest.Neighbours.Count == 0
                ? "No neighbour to compare it with: it is compared with itself alone, which does not see a colony that was always weak."
                : Words($"Too few neighbours with three days of readings to compare it with; {LeastToBeWeakAmong} are needed.")));
            return evidence;
        }

        var (times, more) = standing ? (WeakUntil, WeakUntilCelsius) : (WeakFrom, WeakFromCelsius);
        var weak = own >= times * theirs && own - theirs >= more;
        var text = Words(
            $"On the median day of the last week its warmest and coldest hour lay {own:0.0} °C apart; {theirs:0.0} °C in its ",
            $"{nest.Neighbours.Count} neighbours");
        reasons.Add(new Reason(weak ? ColonyState.Watch : ColonyState.Normal, Weak, weak
            ? "It holds its nest less steady than its neighbours: " + text
                + ". Few bees, little brood, or a sensor outside the nest: count frames at the next visit."
            : text + "."));
        return evidence with { WeekSwingCelsius = own, NeighboursWeekSwingCelsius = theirs };
    }

    /// <summary>Each of the last two hours beside the week before, less what the neighbours did at the same hours.</summary>
    public static StateEvidence CheckApart(Compared nest, StateEvidence evidence, List<Reason> reasons)
    {
        double?[] hours = [.. Enumerable.Range(0, Nest.Recent).Select(i => nest.OwnPart(n => n.Departure(i)))];
        if (Means.OfKnown(hours) is not { } apart)
            return evidence;
        var far = Math.Max(ApartCelsius, ApartSpreads * nest.Own.Spread);
        if (hours.Take(ApartHours).All(h => h <= -far) || hours.Take(ApartHours).All(h => h >= WarmerTimes * far))
        {
            reasons.Add(new Reason(ColonyState.Watch, Apart, Words(
                $"{Math.Abs(apart):0.0} °C {(apart < 0 ? "colder" : "warmer")} over the last {Nest.Recent} h than its week before has at ",
                $"this hour, and its neighbours did not move with it (± {nest.Own.Spread:0.0} °C is usual).")));
        }

        return evidence with { ApartCelsius = apart };
    }

    /// <summary>The last day's swing beside the days before, less what the neighbours' swings grew by.</summary>
    public static StateEvidence CheckUnsteady(Compared nest, StateEvidence evidence, List<Reason> reasons)
    {
        if (nest.Own.Swing is not { } swing || nest.Own.UsualSwing(1, 7) is not { } usual
            || nest.Median(n => n.Swing / n.UsualSwing(1, 7)) is not { } theirs)
            return evidence;
        var expected = usual * Math.Max(1, theirs);
        if (swing >= UnsteadyTimes * expected && swing - expected >= UnsteadyCelsius)
        {
            reasons.Add(new Reason(ColonyState.Watch, Unsteady, Words(
                $"{swing:0.0} °C between the warmest and the coldest hour of the last 24 h; {usual:0.0} °C is usual for it, and its ",
                $"neighbours swing {(theirs > 1 ? Words($"{theirs:0.0} times as much as") : "no more than")} they did: the weather gets ",
                $"into the nest.")));
        }

        return evidence;
    }
}
