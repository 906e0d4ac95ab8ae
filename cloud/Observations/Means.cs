namespace IotGateway.Cloud.Observations;

/// <summary>Means of values that may be as large as doubles are: finite wherever the values are, also where their sum is not.</summary>
internal static class Means
{
    /// <summary>A power of two, exact to multiply by; so many of the greatest doubles have a sum.</summary>
    private const double Scale = 1.0 / (1UL << 40);

    /// <summary>The mean; null of no values.</summary>
    public static double? Of(IEnumerable<double> values)
    {
        var (sum, scaled, count) = (0.0, 0.0, 0L);
        foreach (var value in values)
        {
            sum += value;
            scaled += value * Scale;
            count++;
        }

        return count == 0 ? null : Of(sum, scaled, count);
    }

    /// <summary>The mean of those values that are there; null when none is.</summary>
    public static double? OfKnown(IEnumerable<double?> values) => Of(values.OfType<double>());

    /// <summary>The mean of two means.</summary>
    public static double Of(double mean, long count, double other, long otherCount) => Of(
        (mean * count) + (other * otherCount), (mean * Scale * count) + (other * Scale * otherCount), count + otherCount);

    private static double Of(double sum, double scaled, long count) => double.IsFinite(sum)
        ? sum / count
        : Math.Clamp(scaled / count / Scale, -double.MaxValue, double.MaxValue);
}
