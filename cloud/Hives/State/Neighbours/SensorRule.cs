using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>
/// Faults of the sensor that no colony makes: a value that stands still, a steady nest whose level creeps away from its neighbours', two
/// hives that read each other's temperature.
/// </summary>
internal static class SensorRule
{
    public const string Stuck = "sensor-stuck";
    public const string Drift = "sensor-drift";
    public const string Swap = "sensor-swap";
    private const string Changed = "sensor-changed";

    private const double DriftCelsius = 0.5;
    private const double SteadySwing = 1;
    private const double NestFrom = 33;
    private const double NestTo = 36.5;
    private const double SwapCelsius = 1.5;
    private const double SwapNear = 0.5;
    private const double SwapSpread = 0.5;

    /// <summary>Both values alike to the last digit over so long: in the recorded season never more than three readings were.</summary>
    private static readonly TimeSpan StuckBoth = TimeSpan.FromHours(6);

    /// <summary>The temperature alone, where no humidity is read.</summary>
    private static readonly TimeSpan StuckOne = TimeSpan.FromHours(24);

    /// <summary>Tells of a sensor that was written to be exchanged or moved, while that matters to what it is compared with.</summary>
    public static IEnumerable<Reason> CheckChanged(DateTimeOffset? changed, DateTimeOffset asOf)
    {
        if (changed is { } visit && asOf - visit < KnownHours.Window)
        {
            yield return new Reason(ColonyState.Normal, Changed, Words(
                $"A sensor of this hive was exchanged or moved {(asOf - visit).TotalHours:0} h ago, at a written visit: nothing that was ",
                $"read before is compared with, so less is known than usual."));
        }
    }

    public static IEnumerable<Reason> CheckStuck(HiveRecord known, DateTimeOffset asOf)
    {
        var temperature = StillStand.Of(known.Temperature);
        var length = temperature.Length;
        var stands = temperature.IsOdd(StuckOne);
        if (known.Humidity.Count > 0 && asOf - known.Humidity[^1].Time <= SilentAfter)
        {
            var humidity = StillStand.Of(known.Humidity);
            stands = temperature.IsOdd(StuckBoth) && humidity.IsOdd(StuckBoth);
            length = temperature.Length < humidity.Length ? temperature.Length : humidity.Length;
        }

        if (stands)
        {
            yield return new Reason(ColonyState.Watch, Stuck, Words(
                $"Sensor, not bees: it has sent {known.Temperature[^1].Value:0.0#} °C without the least change for ",
                $"{length.TotalHours:0} h. No nest stands that still: look at the sensor; until then nothing is known of the bees."));
        }
    }

    public static IEnumerable<Reason> CheckDrift(Compared nest)
    {
        if (nest.OwnPart(n => n.Level - n.UsualLevel(7, 13)) is { } drift && Math.Abs(drift) >= DriftCelsius
            && nest.Own.UsualLevel(7, 13) is >= NestFrom and <= NestTo
            && nest.Own.UsualSwing(0, 3) <= SteadySwing && nest.Own.UsualSwing(7, 13) <= SteadySwing)
        {
            yield return new Reason(ColonyState.Watch, Drift, Words(
                $"Sensor before bees: the nest is as steady as a week ago and yet {Math.Abs(drift):0.0} °C ",
                $"{(drift < 0 ? "colder" : "warmer")}, and its neighbours did not go along. A colony in trouble lets the weather in; a ",
                $"sensor that drifts or was moved does this. Compare it with another thermometer."));
        }
    }

    public static IEnumerable<Reason> CheckSwap(Compared nest)
    {
        if (nest.Own is not { Now: { } now, Expected: { } expected, Spread: <= SwapSpread } || Math.Abs(now - expected) < SwapCelsius)
            yield break;
        var other = nest.Neighbours.FirstOrDefault(n => n.Nest is { Now: { } theirs, Expected: { } usual, Spread: <= SwapSpread }
            && Math.Abs(usual - expected) >= SwapCelsius && Math.Abs(now - usual) <= SwapNear && Math.Abs(theirs - expected) <= SwapNear);
        if (other is not null)
        {
            yield return new Reason(ColonyState.Watch, Swap, Words(
                $"Sensor before bees: it reads what {other.Name} read before ({now:0.0} °C), and {other.Name} what this hive did ",
                $"({expected:0.0} °C): were the sensors, or the hives, exchanged?"));
        }
    }
}
