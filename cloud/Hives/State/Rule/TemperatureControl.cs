using IotGateway.Science;

using static IotGateway.Cloud.Hives.State.Rule.HiveRule;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>
/// Loss of temperature control: over the last 24 h the hive swings with the weather more than it used to. A colony with brood holds
/// its nest steady; one that shrinks, loses its queen or ends its brood lets the weather in.
/// </summary>
internal static class TemperatureControl
{
    /// <summary>Earlier days that the comparison needs.</summary>
    private const int LeastDays = 4;

    /// <summary>Hours of a day that must have values.</summary>
    private const int LeastHours = 18;

    /// <summary>A day must swing this much outside before "following the weather" means anything.</summary>
    private const double LeastOutsideSwing = 4;

    private const double LeastSwingSpread = 0.6;
    private const double LeastSlopeSpread = 0.05;
    private const double SwingGain = 2;
    private const double SlopeGain = 0.2;
    private const double WatchSpreads = 4;
    private const double AbnormalSpreads = 7;
    private const double AbnormalSwingGain = 4;

    public static StateEvidence Check(KnownHours hours, StateEvidence evidence, List<Reason> reasons)
    {
        if (Day(hours, 0) is not { } today)
            return evidence;

        var before = Enumerable.Range(1, (KnownHours.Count / 24) - 1).Select(d => Day(hours, d)).OfType<ControlDay>().ToList();
        if (before.Count < LeastDays)
            return evidence with { SwingCelsius = today.Swing, FollowsWeather = today.Slope };

        double[] swings = [.. before.Select(d => d.Swing)];
        var usualSwing = Medians.Of(swings);
        var swingSpread = Math.Max(LeastSwingSpread, Robust.Spread(swings, usualSwing));
        double[] slopes = [.. before.Where(d => d.Slope is not null).Select(d => d.Slope!.Value)];
        double? usualSlope = slopes.Length >= LeastDays ? Medians.Of(slopes) : null;
        var slopeSpread = usualSlope is { } u ? Math.Max(LeastSlopeSpread, Robust.Spread(slopes, u)) : double.PositiveInfinity;

        var gain = today.Swing - usualSwing;
        var follows = today.Slope is { } s && usualSlope is { } us && s - us >= SlopeGain && s - us >= WatchSpreads * slopeSpread;
        var state = !follows || gain < SwingGain || gain < WatchSpreads * swingSpread ? ColonyState.Normal
            : gain >= AbnormalSwingGain && gain >= AbnormalSpreads * swingSpread ? ColonyState.Abnormal
            : ColonyState.Watch;
        reasons.Add(new Reason(state, "control", Text(state, today, usualSwing, usualSlope)));
        return evidence with
        {
            SwingCelsius = today.Swing,
            UsualSwingCelsius = usualSwing,
            FollowsWeather = today.Slope,
            UsuallyFollowsWeather = usualSlope,
        };
    }

    private static string Text(ColonyState state, ControlDay today, double usualSwing, double? usualSlope)
    {
        var swing = Words(
            $"{today.Swing:0.0} °C between the warmest and the coldest hour of the last 24 h; {usualSwing:0.0} °C is usual for it");
        var slope = (today.Slope, usualSlope) is ({ } now, { } usual)
            ? Words($". It moved {now:0.00} °C for each °C outside; {usual:0.00} is usual")
            : "";
        return (state == ColonyState.Normal ? "" : "It follows the weather more than it used to: ") + swing + slope + ".";
    }

    private static ControlDay? Day(KnownHours hours, int daysBack)
    {
        var inside = new List<double>();
        var both = new List<(double X, double Y)>();
        for (var i = daysBack * 24; i < (daysBack + 1) * 24; i++)
        {
            if (hours[i].Temperature is not { } temperature)
                continue;
            inside.Add(temperature);
            if (hours[i].Outside is { } outside)
                both.Add((outside, temperature));
        }

        if (inside.Count < LeastHours)
            return null;
        var swings = both.Count >= LeastHours && both.Max(p => p.X) - both.Min(p => p.X) >= LeastOutsideSwing;
        return new ControlDay(inside.Max() - inside.Min(), swings ? Robust.Slope(both, leastDistance: 1) : null);
    }

    private sealed record ControlDay(double Swing, double? Slope);
}
