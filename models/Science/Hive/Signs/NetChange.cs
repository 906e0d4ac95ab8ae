using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Hive.Signs;

/// <summary>
/// Changes of the net weight between two times at one hour of day, so that the foragers which are out then are out at both.
/// </summary>
public static class NetChange
{
    private static readonly TimeSpan Near = TimeSpan.FromHours(1);

    /// <summary>The change over a time up to another, kg; negative for a loss.</summary>
    /// <param name="net">Net weight.</param>
    /// <param name="until">The end; what lies behind it is not looked at.</param>
    /// <param name="length">The time from the beginning to the end.</param>
    /// <returns>Null where the hour up to the beginning or the end has no net weight.</returns>
    public static double? Over(NetWeight net, DateTimeOffset until, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(net);
        return At(net.Points, until) - At(net.Points, until - length);
    }

    /// <summary>The changes over 24 h of so many days up to a time, kg, without those that are not known.</summary>
    /// <param name="net">Net weight.</param>
    /// <param name="until">The end of the newest.</param>
    /// <param name="count">Days that are looked at.</param>
    public static IReadOnlyList<double> Days(NetWeight net, DateTimeOffset until, int count) =>
        [.. Enumerable.Range(0, count).Select(d => Over(net, until.AddDays(-d), TimeSpan.FromDays(1))).OfType<double>()];

    private static double? At(IReadOnlyList<NetPoint> points, DateTimeOffset at)
    {
        var (low, high) = (0, points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].Time <= at ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && points[low - 1].Time > at - Near ? points[low - 1].NetKilograms : null;
    }
}
