using IotGateway.Learning.Hives.Nest;

namespace IotGateway.Learning.Hives.Frames;

/// <summary>Sensors of a nest in the week before a visit.</summary>
/// <param name="Swing">Greatest less least of a day, the mean of the days, °C.</param>
/// <param name="Following">Slope of the nest against the temperature outside.</param>
/// <param name="Temperature">Mean in the nest, °C.</param>
/// <param name="Outside">Mean outside in the same hours, °C.</param>
internal readonly record struct NestWeek(double Swing, double Following, double Temperature, double Outside)
{
    private const int Day = 24;
    private const int Days = 7;
    private const int FewestHours = 3 * Day;
    private const int FewestOfDay = 18;

    /// <summary>The week that ends before an hour; null of fewer than three days of it.</summary>
    public static NestWeek? Before(double[] nest, double[] outside, int hour)
    {
        var from = Math.Max(0, hour - (Days * Day));
        var end = Math.Min(hour, nest.Length);
        var measured = Enumerable.Range(from, Math.Max(0, end - from)).Where(h => !double.IsNaN(nest[h] + outside[h])).ToList();
        var swings = Enumerable.Range(0, Days).Select(d => SwingOf(nest, end - ((d + 1) * Day))).Where(s => !double.IsNaN(s)).ToList();
        return measured.Count < FewestHours || swings.Count == 0
            ? null
            : new(swings.Average(), NestFeatures.Following(nest, outside, end - 1, Days * Day), measured.Average(h => nest[h]),
                measured.Average(h => outside[h]));
    }

    /// <summary>Greatest less least of the day that begins with an hour; NaN where too little of it was measured.</summary>
    private static double SwingOf(double[] nest, int from)
    {
        var day = from < 0 ? [] : nest.Skip(from).Take(Day).Where(t => !double.IsNaN(t)).ToList();
        return day.Count < FewestOfDay ? double.NaN : day.Max() - day.Min();
    }
}
