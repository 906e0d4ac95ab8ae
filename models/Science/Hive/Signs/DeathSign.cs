namespace IotGateway.Science.Hive.Signs;

/// <summary>
/// Nest that nobody heats: for two days its temperature is the outside one, and the week before it was not. The colony is dead or gone,
/// or the sensor lies outside the nest.
/// </summary>
/// <remarks>
/// Bees with brood hold 32 to 36 °C, and a winter cluster keeps its mantle above 8 °C (Southwick 1985, J. Comp. Physiol. B 156, 143;
/// Stabentheiner et al. 2003, J. Exp. Biol. 206, 353), so a living nest near the sensor leaves the outside temperature in the cold. On
/// warm days nothing can be told. The bounds are set round figures.
/// </remarks>
/// <param name="AboveOutsideCelsius">Median distance of the last 48 h from outside, °C.</param>
/// <param name="UsualAboveCelsius">The same of the week before, °C.</param>
/// <param name="Follows">°C inside for each °C outside over the last 48 h.</param>
public sealed record DeathSign(double AboveOutsideCelsius, double UsualAboveCelsius, double Follows)
{
    private const int Day = 24;
    private const int FewestOfDay = 18;
    private const int Recent = 2 * Day;
    private const int UsualUntil = 240;
    private const int FewestUsual = 72;
    private const double NearCelsius = 2.5;
    private const double HeatedCelsius = 6;
    private const double LeastFollows = 0.6;
    private const double LeastOutsideSwing = 4;
    private const double WarmCelsius = 26;

    /// <summary>The sign as of now.</summary>
    /// <param name="hours">Temperatures inside and outside, hour by hour, the newest first, ten days of them; null where not known.</param>
    /// <returns>Null without the sign, or where it cannot be told.</returns>
    public static DeathSign? Of(IReadOnlyList<(double? Inside, double? Outside)> hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var (last, first) = (Known(hours.Take(Day)), Known(hours.Take(Recent).Skip(Day)));
        List<(double Inside, double Outside)> now = [.. last, .. first];
        var before = Known(hours.Take(UsualUntil).Skip(Recent));
        if (last.Count < FewestOfDay || first.Count < FewestOfDay || before.Count < FewestUsual
            || now.Average(h => h.Outside) > WarmCelsius
            || now.Max(h => h.Outside) - now.Min(h => h.Outside) < LeastOutsideSwing)
            return null;
        var sign = new DeathSign(Above(now), Above(before), Slope(now));
        return Math.Abs(Above(last)) <= NearCelsius && Math.Abs(Above(first)) <= NearCelsius
            && sign.UsualAboveCelsius >= HeatedCelsius && sign.Follows >= LeastFollows
            ? sign
            : null;
    }

    private static List<(double Inside, double Outside)> Known(IEnumerable<(double? Inside, double? Outside)> hours) =>
        [.. hours.Where(h => h is { Inside: not null, Outside: not null }).Select(h => (h.Inside!.Value, h.Outside!.Value))];

    private static double Above(List<(double Inside, double Outside)> hours)
    {
        double[] sorted = [.. hours.Select(h => h.Inside - h.Outside).Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>By least squares.</summary>
    private static double Slope(List<(double Inside, double Outside)> hours)
    {
        var (inside, outside) = (hours.Average(h => h.Inside), hours.Average(h => h.Outside));
        return hours.Sum(h => (h.Inside - inside) * (h.Outside - outside)) / hours.Sum(h => (h.Outside - outside) * (h.Outside - outside));
    }
}
