using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Science.Hive.Signs;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Signs;

/// <summary>Word on a nest that nobody heats any more.</summary>
internal static class DeathRule
{
    public const string Death = "death";

    public static IEnumerable<Reason> Check(KnownHours hours)
    {
        var both = Enumerable.Range(0, KnownHours.Count).Select(i => (hours[i].Temperature, hours[i].Outside)).ToArray();
        if (DeathSign.Of(both) is { } sign)
        {
            yield return new Reason(ColonyState.Abnormal, Death, Words(
                $"Nobody heats the nest: over 48 h it lay {sign.AboveOutsideCelsius:+0.0;−0.0;0.0} °C off the outside temperature and ",
                $"moved {sign.Follows:0.0} °C for each °C outside; {sign.UsualAboveCelsius:0.0} °C above it is usual. The colony is dead ",
                $"or gone, or the sensor lies outside the nest."));
        }
    }
}
