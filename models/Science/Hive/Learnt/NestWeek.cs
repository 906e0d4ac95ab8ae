namespace IotGateway.Science.Hive.Learnt;

/// <summary>Sensors of a nest in the week before a time.</summary>
/// <param name="Swing">Greatest less least of a day, the mean of the days, °C.</param>
/// <param name="Following">Slope of the nest against the temperature outside, °C for each °C.</param>
/// <param name="Temperature">Mean in the nest, °C.</param>
/// <param name="Outside">Mean outside in the same hours, °C.</param>
public readonly record struct NestWeek(double Swing, double Following, double Temperature, double Outside)
{
    /// <summary>Hours of the week.</summary>
    public const int Hours = 7 * Day;

    private const int Day = 24;
    private const int FewestHours = 3 * Day;
    private const int FewestOfDay = 18;

    /// <summary>Fewest hours by which a nest's following of the weather can be told.</summary>
    private const int FewestPairs = 72;

    /// <summary>The week that ends before an hour.</summary>
    /// <param name="nest">Means of hours, °C; NaN where nothing was measured.</param>
    /// <param name="outside">The temperature outside in the same hours, °C; NaN where it is not known. At least as long.</param>
    /// <param name="hour">The first hour that is not looked at.</param>
    /// <returns>Null of fewer than three days of it.</returns>
    public static NestWeek? Before(double[] nest, double[] outside, int hour)
    {
        ArgumentNullException.ThrowIfNull(nest);
        ArgumentNullException.ThrowIfNull(outside);
        var from = Math.Max(0, hour - Hours);
        var end = Math.Min(hour, nest.Length);
        var measured = Enumerable.Range(from, Math.Max(0, end - from)).Where(h => !double.IsNaN(nest[h] + outside[h])).ToList();
        var swings = Enumerable.Range(0, Hours / Day).Select(d => SwingOf(nest, end - ((d + 1) * Day))).Where(s => !double.IsNaN(s))
            .ToList();
        return measured.Count < FewestHours || swings.Count == 0
            ? null
            : new(swings.Average(), FollowingOf(nest, outside, end - 1, Hours), measured.Average(h => nest[h]),
                measured.Average(h => outside[h]));
    }

    /// <summary>Slope of a nest against the temperature outside over some hours.</summary>
    /// <param name="nest">Means of hours, °C; NaN where nothing was measured.</param>
    /// <param name="outside">The temperature outside in the same hours, °C.</param>
    /// <param name="at">The last hour that is looked at.</param>
    /// <param name="over">Hours.</param>
    /// <returns>°C for each °C; 0 where it cannot be told.</returns>
    public static double FollowingOf(double[] nest, double[] outside, int at, int over)
    {
        ArgumentNullException.ThrowIfNull(nest);
        ArgumentNullException.ThrowIfNull(outside);
        var (count, x, y, xx, xy) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = Math.Max(0, at - over + 1); i <= at; i++)
        {
            if (double.IsNaN(nest[i] + outside[i]))
                continue;
            count++;
            x += outside[i];
            y += nest[i];
            xx += outside[i] * outside[i];
            xy += outside[i] * nest[i];
        }

        var variance = count > 0 ? xx - (x * x / count) : 0;
        return count >= FewestPairs && variance > count ? (xy - (x * y / count)) / variance : 0;
    }

    /// <summary>Greatest less least of the day that begins with an hour; NaN where too little of it was measured.</summary>
    private static double SwingOf(double[] nest, int from)
    {
        var day = from < 0 ? [] : nest.Skip(from).Take(Day).Where(t => !double.IsNaN(t)).ToList();
        return day.Count < FewestOfDay ? double.NaN : day.Max() - day.Min();
    }
}
