using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Science;

using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>
/// Comparison of a hive's thermometer with a second one in the same hive, by how far apart they usually read: which of the two is wrong,
/// or if the nest has moved between them, cannot be told from them alone.
/// </summary>
internal static class SecondSensor
{
    public const string Disagree = "sensor-disagree";

    private const double ApartCelsius = 2;
    private const double ApartSpreads = 4;
    private const double LeastSpread = 0.25;
    private const int LeastHours = 48;

    /// <param name="hours">The hive's own, by the thermometer that speaks for it.</param>
    /// <param name="second">Of the other, ascending; none where there is no other.</param>
    /// <param name="asOf">A whole hour.</param>
    public static IEnumerable<Reason> Check(KnownHours hours, IReadOnlyList<Observation> second, DateTimeOffset asOf)
    {
        if (second.Count == 0)
            yield break;
        var other = new NestTemperatures(second).Back(asOf);
        if (Means.OfKnown(Enumerable.Range(0, RecentHours).Select(Apart)) is not { } now)
            yield break;
        double[] before = [.. Enumerable.Range(2 * RecentHours, KnownHours.Count - (2 * RecentHours)).Select(Apart).OfType<double>()];
        if (before.Length < LeastHours)
        {
            yield return new Reason(ColonyState.Normal, Disagree, Words(
                $"A second thermometer in this hive reads {Math.Abs(now):0.0} °C {(now < 0 ? "more" : "less")}. Not enough to say if ",
                $"that is usual: {before.Length} h of both, {LeastHours} are needed."));
            yield break;
        }

        var usual = Medians.Of(before);
        var spread = Math.Max(LeastSpread, Robust.Spread(before, usual));
        var odd = Math.Abs(now - usual) >= Math.Max(ApartCelsius, ApartSpreads * spread);
        yield return new Reason(odd ? ColonyState.Watch : ColonyState.Normal, Disagree, Words(
            $"{(odd ? "Two thermometers of this hive disagree: they read" : "Its two thermometers read")} {Math.Abs(now):0.0} °C apart ",
            $"over the last {RecentHours} h; {Math.Abs(usual):0.0} ± {spread:0.0} °C is usual.")
            + (odd ? " Not enough to say which of them is wrong, or if the nest has moved: look at both before the bees." : ""));

        double? Apart(int hoursBack) => hours[hoursBack].Temperature - other[hoursBack];
    }
}
