namespace IotGateway.Cloud.Web.Charts;

/// <summary>An axis of values with round ticks: it begins and ends on one.</summary>
internal sealed record ValueAxis(double Min, double Max, double Step)
{
    /// <summary>
    /// Covers all values with about <paramref name="ticks"/> steps of 1, 2 or 5 times a power of ten, at least
    /// <paramref name="leastStep"/>.
    /// </summary>
    public static ValueAxis Cover(double min, double max, int ticks, double leastStep)
    {
        if (max - min < leastStep)
            (min, max) = (min - (leastStep / 2), max + (leastStep / 2));
        var step = Math.Max(leastStep, Round((max - min) / ticks));
        return new ValueAxis(Math.Floor(min / step) * step, Math.Ceiling(max / step) * step, step);
    }

    public IEnumerable<double> Ticks()
    {
        for (var i = 0; Min + (i * Step) <= Max + (Step / 1000); i++)
            yield return Min + (i * Step);
    }

    private static double Round(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
