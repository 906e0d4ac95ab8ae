using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Science;
using IotGateway.Science.Hive.Signs;
using IotGateway.Science.Hive.Weight;

using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Signs;

/// <summary>Comparison of a hive's net gain in a week with its neighbours' at the same hour.</summary>
internal static class GainRule
{
    public const string Gain = "gain";

    private const int LeastNeighbours = 3;
    private const double FlowKilograms = 2;
    private const double ShareOfTheirs = 0.25;
    private const double LossKilograms = 2;

    public static StateEvidence Check(
        NetWeight net, IReadOnlyList<double> neighbours, DateTimeOffset asOf, StateEvidence evidence, List<Reason> reasons)
    {
        if (NetChange.Over(net, asOf, WeekGains.Week) is not { } own)
            return evidence;
        evidence = evidence with { WeekGainKilograms = own };
        if (neighbours.Count < LeastNeighbours)
        {
            reasons.Add(new Reason(ColonyState.Normal, Gain, Words(
                $"It {Moved(own)} in a week, without the beekeeper's work. Not enough to say if that is little: {neighbours.Count} of at ",
                $"least {LeastNeighbours} neighbours have a scale with a week of net weight.")));
            return evidence;
        }

        var theirs = Medians.Of([.. neighbours]);
        var little = theirs >= FlowKilograms && own <= ShareOfTheirs * theirs;
        var lost = own <= -LossKilograms && own <= theirs - LossKilograms;
        var text = Words(
            $"It {Moved(own)} in a week, without the beekeeper's work; its {neighbours.Count} neighbours' median {Moved(theirs)}");
        reasons.Add(new Reason(little || lost ? ColonyState.Watch : ColonyState.Normal, Gain, little || lost
            ? text + ". Few foragers, a lost queen, a swarm that left, or robbing: look at brood and stores."
            : text + "."));
        return evidence with { NeighboursWeekGainKilograms = theirs };
    }

    private static string Moved(double kilograms) => kilograms >= 0
        ? Words($"gained {kilograms:0.0} kg")
        : Words($"lost {-kilograms:0.0} kg");
}
