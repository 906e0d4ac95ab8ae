using IotGateway.Cloud.Hives.Visits;
using static IotGateway.Cloud.Hives.Forecasts.Said;

namespace IotGateway.Cloud.Hives.Forecasts.MitesAtWash;

/// <summary>Last wash of a hive as it was known at a time, where the next one can be forecast from it.</summary>
/// <param name="At">When.</param>
/// <param name="Mites">Mites counted.</param>
/// <param name="Bees">Bees in the sample.</param>
internal sealed record LastWash(DateTimeOffset At, int Mites, int Bees)
{
    /// <summary>Days from one wash to the next that the model has learnt from: 19 to 38; set to three to five weeks.</summary>
    public const int Soonest = 21;

    public const int Latest = 35;

    /// <summary>A smaller sample tells too little; a set round figure, those of the data hold 227 to 516.</summary>
    private const int FewestBees = 100;

    public double PerHundred => 100.0 * Mites / Bees;

    /// <summary>The wash, or the reason why nothing can be said of the next one.</summary>
    public static (LastWash? Wash, string? WhyNot) Of(IReadOnlyList<VisitVersion> own, DateTimeOffset asOf)
    {
        var known = VisitBook.KnownOf(own, asOf).Select(v => v.Visit).ToList();
        if (known.LastOrDefault(v => v.MiteWash is not null) is not { MiteWash: { } wash } visit)
            return (null, "no visit has written down a mite wash");
        if (asOf - visit.Begin > TimeSpan.FromDays(Latest))
            return (null, Words($"the last wash, of {visit.Begin.UtcDateTime:d MMMM yyyy}, is more than {Latest / 7} weeks old"));
        if (wash.Bees < FewestBees)
            return (null, Words($"the last wash was of {wash.Bees} bees, {FewestBees} are needed"));
        if (known.LastOrDefault(v => v.Begin >= visit.Begin && Changes(v)) is { } work)
        {
            return (null, Words($"on {work.Begin.UtcDateTime:d MMMM} the hive was treated, split, lost or swarmed, and the model knows ")
                + "only colonies to which nothing of that happened since the wash");
        }

        return (new LastWash(visit.Begin, wash.Mites, wash.Bees), null);
    }

    private static bool Changes(Visit v) => v.Treatment is not null || v.Split is not null || v.Swarm is true || v.Loss is not null;

    /// <summary>Days from the wash to a later time, whole ones.</summary>
    public int DaysTo(DateTimeOffset time) => (int)Math.Round((time - At).TotalDays);
}
