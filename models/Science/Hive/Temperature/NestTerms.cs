namespace IotGateway.Science.Hive.Temperature;

/// <summary>
/// Terms of a forecast from a hive's own hours, as of one of them; they look at nothing after it. One function for serving and for learning
/// their weights, of temperature (°C) as of humidity (%).
/// </summary>
/// <param name="UsualChange">Change over the horizon at this time of day, the median of the last 14 days; 0 of fewer than 3.</param>
/// <param name="Trend">Change of the last hour beyond what is usual.</param>
/// <param name="BelowDay">Mean of the last 24 hours less the present value.</param>
public readonly record struct NestTerms(double UsualChange, double Trend, double BelowDay)
{
    private const int Day = 24;

    /// <summary>The terms as of each hour, for several horizons; all 0 as of an hour in which nothing was measured.</summary>
    /// <param name="hours">Means of consecutive hours; NaN where nothing was measured.</param>
    /// <param name="horizons">Hours ahead, each 1 to 24.</param>
    /// <returns>For each horizon, in their order, as many as there are hours.</returns>
    /// <exception cref="InputException">A horizon is outside its range.</exception>
    public static NestTerms[][] Each(ReadOnlySpan<double> hours, params ReadOnlySpan<int> horizons)
    {
        var lastHours = UsualChanges.Each(hours, 1);
        var usual = new double[horizons.Length][];
        var terms = new NestTerms[horizons.Length][];
        for (var i = 0; i < horizons.Length; i++)
        {
            Check.Within(horizons[i], 1, Day, "horizon (h)");
            usual[i] = horizons[i] == 1 ? lastHours : UsualChanges.Each(hours, horizons[i]);
            terms[i] = new NestTerms[hours.Length];
        }

        for (var at = 0; at < hours.Length; at++)
        {
            if (double.IsNaN(hours[at]))
                continue;
            var trend = at > 0 && !double.IsNaN(hours[at - 1]) ? hours[at] - hours[at - 1] - lastHours[at - 1] : 0;
            var belowDay = DayMean(hours, at) - hours[at];
            for (var i = 0; i < terms.Length; i++)
                terms[i][at] = new NestTerms(usual[i][at], trend, belowDay);
        }

        return terms;
    }

    private static double DayMean(ReadOnlySpan<double> hours, int at)
    {
        var (sum, count) = (0.0, 0);
        for (var i = at; i > Math.Max(-1, at - Day); i--)
            (sum, count) = double.IsNaN(hours[i]) ? (sum, count) : (sum + hours[i], count + 1);
        return sum / count;
    }
}
