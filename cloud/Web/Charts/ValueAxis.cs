namespace IotGateway.Cloud.Web.Charts;

/// <summary>An axis of values with round ticks: it begins and ends on one.</summary>
internal sealed record ValueAxis(double Min, double Max, double Step)
{
    /// <summary>The greatest value drawn, either way: beyond it the arithmetic of an axis would leave the doubles.</summary>
    public const double Most = 1e300;

    private const int MostTicks = 50;

    /// <summary>A step is at least this share of the values: doubles carry no more than that from tick to tick.</summary>
    private const double LeastShare = 1e-6;

    /// <summary>
    /// Covers all values, up to <see cref="Most"/>, with about <paramref name="ticks"/> steps of 1, 2 or 5 times a power of ten, at least
    /// <paramref name="leastStep"/>.
    /// </summary>
    public static ValueAxis Cover(double min, double max, int ticks, double leastStep)
    {
        (min, max) = (Math.Clamp(min, -Most, Most), Math.Clamp(max, -Most, Most));
        var greatest = Math.Max(Math.Abs(min), Math.Abs(max));
        if (greatest * LeastShare > leastStep)
            leastStep = Round(greatest * LeastShare);
        if (max - min < leastStep)
            (min, max) = (min - (leastStep / 2), max + (leastStep / 2));
        var step = Math.Max(leastStep, Round((max - min) / ticks));
        return new ValueAxis(Math.Floor(min / step) * step, Math.Ceiling(max / step) * step, step);
    }

    public IEnumerable<double> Ticks() =>
        Enumerable.Range(0, 1 + (int)Math.Clamp(Math.Round((Max - Min) / Step), 0, MostTicks)).Select(i => Min + (i * Step));

    private static double Round(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
