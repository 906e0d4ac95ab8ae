namespace IotGateway.Science.Hive.Temperature;

/// <summary>
/// Usual changes of a nest over some hours, as of one hour after the other: the median of the changes on the last 14 days at this time of
/// day and an hour before and after, of those that had ended by then.
/// </summary>
internal static class UsualChanges
{
    private const int Day = 24;

    /// <summary>Days that changes are held for: the last 14, and the present one.</summary>
    private const int Days = (NestTemperature.HistoryHours / Day) + 1;

    /// <summary>Fewest changes that make a usual one.</summary>
    private const int Fewest = 3;

    /// <summary>The usual change as of each hour; 0 of too few.</summary>
    /// <param name="hours">Means of consecutive hours; NaN where nothing was measured.</param>
    /// <param name="horizon">Hours over which they change, 1 to 24.</param>
    public static double[] Each(ReadOnlySpan<double> hours, int horizon)
    {
        // Each time of day has its window, which moves on once a day: three changes leave and three enter.
        var windows = new SortedWindow[Day];
        for (var time = 0; time < Day; time++)
            windows[time] = new SortedWindow(3 * Days);
        var usual = new double[hours.Length];
        for (var at = 0; at < hours.Length; at++)
        {
            var window = windows[at % Day];
            for (var near = at - 1; near <= at + 1; near++)
            {
                var daysUntilEnded = (near - at + horizon + Day - 1) / Day;
                window.Replace(
                    Change(hours, near - (Days * Day), horizon), Change(hours, near - (daysUntilEnded * Day), horizon));
            }

            usual[at] = window.Ascending.Length < Fewest ? 0 : Medians.OfAscending(window.Ascending);
        }

        return usual;
    }

    private static double Change(ReadOnlySpan<double> hours, int from, int horizon) =>
        from < 0 ? double.NaN : hours[from + horizon] - hours[from];
}
