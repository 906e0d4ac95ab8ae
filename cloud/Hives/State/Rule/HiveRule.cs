using System.Globalization;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>
/// Judges a hive as of a time: normal, watch or abnormal against its own history and the weather, learning or silent where that
/// cannot be said. A rule, not a trained model; docs/hives.md tells a beekeeper what it looks at and how often it spoke in a real season.
/// </summary>
internal static class HiveRule
{
    /// <summary>"Now" is the mean of this many hours.</summary>
    public const int RecentHours = 3;

    /// <summary>A hive without a reading for longer is silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromHours(2);

    /// <summary>Judges from what a record holds up to a time; what lies later changes nothing.</summary>
    /// <param name="record">All of it.</param>
    /// <param name="known">The part known at <paramref name="asOf"/>.</param>
    /// <param name="hours">The same hour by hour.</param>
    /// <param name="asOf">The time.</param>
    public static HiveState Judge(HiveRecord record, HiveRecord known, KnownHours hours, DateTimeOffset asOf)
    {
        var last = record.LastHeard(asOf);
        var evidence = new StateEvidence
        {
            HistoryHours = hours.WithTemperature,
            LastReading = last,
            OutsideCelsius = hours.Mean(0, RecentHours, h => h.Outside),
        };

        if (last is null || asOf - last > SilentAfter)
            return new HiveState(asOf, ColonyState.Silent, [Silence(last, asOf)], evidence);

        var reasons = new List<Reason>();
        reasons.AddRange(Limits.Check(known, hours, asOf));
        reasons.AddRange(SuddenFall.Check(known.Temperature, asOf));
        evidence = Departure.Temperature.Check(hours, evidence, reasons);
        evidence = Departure.Humidity.Check(hours, evidence, reasons);
        evidence = TemperatureControl.Check(hours, evidence, reasons);
        if (evidence.ExpectedTemperatureCelsius is null)
            reasons.Add(hours.Mean(0, RecentHours, h => h.Temperature) is null ? Unusable() : Learning(hours.WithTemperature));

        reasons = [.. reasons.OrderByDescending(r => r.State)];
        return new HiveState(asOf, reasons[0].State, reasons, evidence);
    }

    private static Reason Silence(DateTimeOffset? last, DateTimeOffset asOf) => new(
        ColonyState.Silent,
        "silence",
        last is { } time
            ? Words(
                $"No reading for {(asOf - time).TotalHours:0.#} h while the site's clock moved on: look at the sensor, its battery and ",
                $"its radio before the bees.")
            : "No reading in the last 14 days while the site's clock moved on: look at the sensor, its battery and its radio before the "
                + "bees.");

    private static Reason Unusable() => new(
        ColonyState.Learning,
        "sensor",
        Words(
            $"It reports, but nothing of the last {RecentHours} h can be what it claims to be (out of range, in another unit, or alone ",
            $"far from the readings around it): look at the sensor before the bees."));

    private static Reason Learning(int hours) => new(
        ColonyState.Learning,
        "history",
        Words(
            $"Still learning what is usual for this hive: {hours} h of history, {Expectation.LeastHours} h older than the last 6 h are ",
            $"needed."));

    /// <summary>A sentence with its numbers, in the same form everywhere; a minus is a minus and no hyphen.</summary>
    internal static string Words(params FormattableString[] parts) => string.Concat(parts.Select(p => p.ToString(Form)));

    private static readonly CultureInfo Form = Minus();

    private static CultureInfo Minus()
    {
        var form = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        form.NumberFormat.NegativeSign = "−";
        return CultureInfo.ReadOnly(form);
    }
}
