using System.Globalization;
using IotGateway.Science.Hive.Colony.Filter;
using static IotGateway.Cloud.Hives.Forecasts.Said;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>Reasons of the colony model in a beekeeper's words, with what it cannot say and why.</summary>
internal static class ColonyWords
{
    public static IReadOnlyList<string> Of(ColonySeason season, ColonyFilter filter)
    {
        var (bees, last) = (filter.Range(ColonyQuantity.Bees), season.LastCount);
        var reasons = new List<string>
        {
            Words($"The colony model has {Hundreds(bees.Median)} bees here, four times of five {Hundreds(bees.Low)} to ")
                + Words($"{Hundreds(bees.High)}; a person's count of frames is off by a fifth from that."),
            Words($"It goes by the weather since 1 May and by {Count(season.Visits, "visit")}, the last count of {last.FramesOfBees:0.#} ")
                + Words($"frames on {last.Begin.UtcDateTime:d MMMM}, and by {Count(season.ThermometerDays, "day")} of a thermometer in ")
                + "the nest, which says little of how many bees there are. It does not look at scale, sound or gases.",
            Mites(season, filter.Range(ColonyQuantity.MitesPerHundred)),
            "A scenario, no better forecast: over the recorded season of seven hives its middle was off by 4.5 frames where the last count "
                + "was off by 2.7, and its interval held 78 % of the counts. Its mites were never scored on real colonies.",
            "It says no chance of loss before spring: of winters it knows simulated colonies alone.",
        };
        if (filter.Disagreeing.Count > 0)
            reasons.Add("Thermometers in this hive contradict each other; those in doubt do not count, so the interval is wider.");
        if (season.UnknownDays > 0)
            reasons.Add(Words($"{Count(season.UnknownDays, "day")} since 1 May without weather are taken as usual for Montreal."));
        if (filter.SetAside > 0)
            reasons.Add(Words($"{Count(filter.SetAside, "reading")} that no colony explains were left out."));
        return reasons;
    }

    private static string Mites(ColonySeason season, ColonyRange mites) =>
        season.HasUnknownTreatment ? "Of mites it says nothing: how strongly the treatment that was written works is not known to it."
        : !season.IsWashed ? "Of mites it says nothing: none were washed since 1 May."
        : Words($"It has {mites.Median:0.0} mites on 100 bees, four times of five {mites.Low:0.0} to {mites.High:0.0}.");

    /// <summary>To the hundred: more would say more than is known.</summary>
    private static string Hundreds(double bees) => (Math.Round(bees / 100) * 100).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Count(int count, string noun) => Web.Shown.Count(count, noun);
}
