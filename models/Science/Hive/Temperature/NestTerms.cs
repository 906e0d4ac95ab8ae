namespace IotGateway.Science.Hive.Temperature;

/// <summary>
/// Terms of a forecast from a hive's own hours, as of one of them; they look at nothing after it. One function for serving and for learning
/// their weights, of temperature (°C) as of humidity (%).
/// </summary>
/// <param name="UsualChange">Change over the horizon at this time of day, the median of the last 14 days; 0 of fewer than 3 days.</param>
/// <param name="Trend">Change of the last hour beyond what is usual.</param>
/// <param name="BelowDay">Mean of the last 24 hours less the present value.</param>
public readonly record struct NestTerms(double UsualChange, double Trend, double BelowDay)
{
    private const int Day = 24;

    /// <summary>Fewest earlier days' changes that make a usual one.</summary>
    private const int FewestChanges = 3;

    /// <summary>The terms as of an hour.</summary>
    /// <param name="hours">Means of consecutive hours; NaN where nothing was measured.</param>
    /// <param name="at">The hour's index; it was measured.</param>
    /// <param name="horizon">Hours ahead, at least 1.</param>
    /// <exception cref="InputException">The hour is none of them, or was not measured; or the horizon is outside its range.</exception>
    public static NestTerms At(ReadOnlySpan<double> hours, int at, int horizon)
    {
        if (at < 0 || at >= hours.Length || double.IsNaN(hours[at]))
            throw new InputException("hour", at, $"a measured one of {hours.Length}");
        if (horizon < 1)
            throw new InputException("horizon (h)", horizon, "at least 1");
        var before = at > 0 && !double.IsNaN(hours[at - 1]);
        var (sum, count) = (0.0, 0);
        for (var i = at; i > Math.Max(-1, at - Day); i--)
            (sum, count) = double.IsNaN(hours[i]) ? (sum, count) : (sum + hours[i], count + 1);
        return new NestTerms(
            Usual(hours, at, horizon), before ? hours[at] - hours[at - 1] - Usual(hours, at - 1, 1) : 0, (sum / count) - hours[at]);
    }

    /// <summary>The median change over some hours on earlier days, at this time of day and an hour before and after.</summary>
    private static double Usual(ReadOnlySpan<double> hours, int at, int horizon)
    {
        Span<double> changes = stackalloc double[3 * ((NestTemperature.HistoryHours / Day) + 1)];
        var count = 0;
        for (var back = 0; back <= NestTemperature.HistoryHours; back += Day)
        {
            for (var from = Math.Max(0, at - back - 1); from <= at - back + 1; from++)
            {
                if (from + horizon <= at && !double.IsNaN(hours[from + horizon] - hours[from]))
                    changes[count++] = hours[from + horizon] - hours[from];
            }
        }

        return count < FewestChanges ? 0 : Medians.Of(changes[..count]);
    }
}
