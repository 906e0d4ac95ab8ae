using IotGateway.Science;

namespace IotGateway.Cloud.Hives.State.Rule;

/// <summary>Value that a hive's own history leads one to expect now.</summary>
/// <param name="Value">In the value's unit.</param>
/// <param name="Spread">How far its history usually lies from such an expectation, as a standard deviation.</param>
/// <param name="Outside">The outside temperature it stands for, °C; null when it is the usual value of the hour of day.</param>
/// <param name="Beyond">How many °C the outside temperature lies beyond anything in the history; 0 when it lies within.</param>
internal sealed record Expectation(double Value, double Spread, double? Outside, double Beyond)
{
    /// <summary>Hours of the hive's history that an expectation needs.</summary>
    public const int LeastHours = 48;

    /// <summary>The newest hours do not belong to the history they are compared with.</summary>
    private const int NewestHoursLeftOut = 6;

    /// <summary>Each °C beyond the history's weather widens the spread by this much of the value's least spread.</summary>
    private const double WidenPerDegree = 0.5;

    /// <summary>
    /// By a robust line on the outside temperature and the median of what it leaves at this hour of day; without weather by the
    /// hour's median alone. Null before there is enough history. No history is taken to be steadier than <paramref name="leastSpread"/>.
    /// </summary>
    public static Expectation? Of(KnownHours hours, Func<KnownHour, double?> value, double leastSpread)
    {
        var history = new List<(double Value, double? Outside, int Hour)>();
        for (var i = NewestHoursLeftOut; i < KnownHours.Count; i++)
        {
            if (value(hours[i]) is { } v)
                history.Add((v, hours[i].Outside, hours.HourOfDay(i)));
        }

        var now = hours.Mean(0, HiveRule.RecentHours, h => h.Outside);
        var withWeather = history.Where(h => h.Outside is not null).Select(h => (X: h.Outside!.Value, h.Value)).ToList();
        if (now is { } outside && withWeather.Count >= LeastHours && Robust.Slope(withWeather, leastDistance: 1) is { } raw)
        {
            // A hive may ignore the weather or follow it; warmer inside because it is colder outside is chance.
            var slope = Math.Clamp(raw, 0, 1);
            var residuals = history
                .Where(h => h.Outside is not null)
                .Select(h => (Value: h.Value - (slope * h.Outside!.Value), h.Hour))
                .ToList();
            var (level, spread) = AtHour(residuals, hours.HourOfDay(1));
            var beyond = Math.Max(0, Math.Max(outside - withWeather.Max(p => p.X), withWeather.Min(p => p.X) - outside));
            return new Expectation(
                level + (slope * outside), Math.Max(spread, leastSpread) + (WidenPerDegree * beyond * leastSpread), outside, beyond);
        }

        if (history.Count < LeastHours)
            return null;
        var (usual, usualSpread) = AtHour([.. history.Select(h => (h.Value, h.Hour))], hours.HourOfDay(1));
        return new Expectation(usual, Math.Max(usualSpread, leastSpread), null, 0);
    }

    private static (double Level, double Spread) AtHour(List<(double Value, int Hour)> history, int hour)
    {
        var ofHour = history.ToLookup(r => r.Hour, r => r.Value);
        var usual = new double[24];
        for (var h = 0; h < 24; h++)
        {
            double[] near = [.. ofHour[(h + 23) % 24], .. ofHour[h], .. ofHour[(h + 1) % 24]];
            usual[h] = near.Length > 0 ? Medians.Of(near) : double.NaN;
        }

        if (double.IsNaN(usual[hour]))
            usual[hour] = Medians.Of([.. history.Select(r => r.Value)]);
        double[] left = [.. history.Select(r => r.Value - usual[r.Hour])];
        return (usual[hour], Robust.Spread(left, 0));
    }
}
