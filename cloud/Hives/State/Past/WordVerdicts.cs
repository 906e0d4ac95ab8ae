using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.State.Signs;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science;

namespace IotGateway.Cloud.Hives.State.Past;

/// <summary>Judgement of a word by a visit: true where it found what the word says, false where it found the contrary.</summary>
internal static class WordVerdicts
{
    /// <summary>Time in which a visit can still tell of a word.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(14);

    /// <summary>A colony with no more than this share of its neighbours' median frames of bees is a weak one; a set round figure.</summary>
    private const double WeakShare = 0.75;

    private const double NoStoresKilograms = 3;

    /// <summary>The verdict on a check's word.</summary>
    /// <param name="check">As in <see cref="Reason.Check"/>.</param>
    /// <param name="visit">To the hive.</param>
    /// <param name="neighbours">Frames of bees of the other hives, at their visits nearest in time.</param>
    /// <returns>Null where the visit does not tell.</returns>
    public static bool? Of(string check, Visit visit, IReadOnlyList<double> neighbours) => check switch
    {
        NeighbourRule.Weak => Weak(visit, neighbours),
        ScaleSigns.Swarm => visit.Swarm,
        StoresRule.Starvation => visit.Loss is { } loss ? loss.Cause == LossCause.Starvation
            : visit.StoresKilograms is { } stores ? stores <= NoStoresKilograms
            : !visit.Checklist?.Food,
        ScaleSigns.Robbing => visit.Loss is { } loss ? loss.Cause == LossCause.Robbing : null,
        ScaleSigns.Theft => visit.Loss is { } loss ? loss.Cause == LossCause.Theft : HasBees(visit) ? false : null,
        DeathRule.Death => visit.Loss is not null ? true : HasBees(visit) ? false : null,
        SensorRule.Stuck or SensorRule.Drift or SensorRule.Swap or SecondSensor.Disagree => visit.Equipment?.SensorChanged,
        _ => Trouble(visit),
    };

    /// <summary>Trouble of any kind that a visit can find: a loss, a swarm, no queen, an item of the checklist that is not met.</summary>
    private static bool? Trouble(Visit v)
    {
        if (v.Loss is not null || v.Swarm is true || v.Queen is QueenFound.NotSeen or QueenFound.Missing)
            return true;
        bool?[] items = v.Checklist is { } c ? [c.Brood, c.Bees, c.Queen, c.Food, c.Stressors, c.Space] : [];
        return items.Contains(false) ? true : v.Queen is QueenFound.Right || items.Contains(true) ? false : null;
    }

    private static bool? Weak(Visit visit, IReadOnlyList<double> neighbours)
    {
        if (visit.Loss is not null)
            return true;
        return visit.FramesOfBees is { } frames && neighbours.Count > 0 ? frames <= WeakShare * Medians.Of([.. neighbours]) : null;
    }

    private static bool HasBees(Visit visit) => visit.FramesOfBees > 0 || visit.Queen is QueenFound.Right;
}
