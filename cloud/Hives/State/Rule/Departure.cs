using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>Compares the last hours' mean of one value with what the hive's own history says for this weather and hour.</summary>
internal sealed class Departure
{
    /// <summary>Temperature: the sign that a colony stopped heating, or cannot cool.</summary>
    public static readonly Departure Temperature = new()
    {
        Name = "temperature",
        Unit = "°C",
        Value = h => h.Temperature,
        LeastSpread = 0.5,
        WatchSpreads = 4,
        WatchUnits = 2,
        AbnormalSpreads = 6,
        AbnormalUnits = 4,
        Note = (e, value, expected) => e with
        {
            TemperatureCelsius = value,
            ExpectedTemperatureCelsius = expected?.Value,
            TemperatureSpreadCelsius = expected?.Spread,
        },
    };

    /// <summary>Humidity: slower and easily moved by a feeder or a lid, so by itself it never makes a hive abnormal.</summary>
    public static readonly Departure Humidity = new()
    {
        Name = "humidity",
        Unit = "%",
        Value = h => h.Humidity,
        LeastSpread = 2,
        WatchSpreads = 5,
        WatchUnits = 10,
        AbnormalSpreads = double.PositiveInfinity,
        AbnormalUnits = double.PositiveInfinity,
        Note = (e, value, expected) => e with
        {
            HumidityPercent = value,
            ExpectedHumidityPercent = expected?.Value,
            HumiditySpreadPercent = expected?.Spread,
        },
    };

    public required string Name { get; init; }

    /// <summary>The value's unit, as written in reasons.</summary>
    public required string Unit { get; init; }

    public required Func<KnownHour, double?> Value { get; init; }

    public required double LeastSpread { get; init; }

    public required double WatchSpreads { get; init; }

    public required double WatchUnits { get; init; }

    public required double AbnormalSpreads { get; init; }

    public required double AbnormalUnits { get; init; }

    public required Func<StateEvidence, double?, Expectation?, StateEvidence> Note { get; init; }

    /// <summary>Adds its reason, also when all is as expected, and notes the numbers.</summary>
    public StateEvidence Check(KnownHours hours, StateEvidence evidence, List<Reason> reasons)
    {
        var expected = Expectation.Of(hours, Value, LeastSpread);
        if (hours.Mean(0, RecentHours, Value) is not { } value)
            return evidence;
        if (expected is not null)
            reasons.Add(new Reason(StateOf(value - expected.Value, expected.Spread), Name, Text(value, expected)));
        return Note(evidence, value, expected);
    }

    private ColonyState StateOf(double departure, double spread)
    {
        var units = Math.Abs(departure);
        if (units >= AbnormalUnits && units >= AbnormalSpreads * spread)
            return ColonyState.Abnormal;
        return units >= WatchUnits && units >= WatchSpreads * spread ? ColonyState.Watch : ColonyState.Normal;
    }

    private string Text(double value, Expectation expected)
    {
        var departure = value - expected.Value;
        var condition = expected.Outside is { } outside ? Words($"at {outside:0} °C outside") : "at this hour of day (no weather known)";
        var text = Words(
            $"{value:0.0} {Unit}{(this == Humidity ? " humidity" : "")} over the last {RecentHours} h; its own history {condition} says ",
            $"{expected.Value:0.0} ± {expected.Spread:0.0} {Unit}");
        if (StateOf(departure, expected.Spread) != ColonyState.Normal)
            text += Words($", so it is {Math.Abs(departure):0.0} {Unit} {(departure < 0 ? "below" : "above")}");
        return expected.Beyond >= 1
            ? text + Words($". Such weather lies {expected.Beyond:0} °C beyond its last 14 days, so that is an extrapolation.")
            : text + ".";
    }
}
