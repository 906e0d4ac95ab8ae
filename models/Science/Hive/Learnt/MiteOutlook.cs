namespace IotGateway.Science.Hive.Learnt;

/// <summary>Mites at a wash from what a model says of their root, with its errors about normal.</summary>
public static class MiteOutlook
{
    /// <summary>Mites on a hundred bees from which on a colony is treated in summer.</summary>
    public const double Many = 3;

    /// <summary>Width of the middle 80 % of a normal distribution, in its deviations.</summary>
    private const double Middle = 2 * 1.2815515655446004;

    /// <summary>Mites on a hundred bees of a root; none of a root below 0.</summary>
    public static double PerHundred(double root) => root > 0 ? root * root : 0;

    /// <summary>Chance of <see cref="Many"/> mites on a hundred bees or more.</summary>
    /// <param name="root">Root of the mites, as the model says it.</param>
    /// <param name="low">The 10 % quantile of its errors.</param>
    /// <param name="high">The 90 % quantile, above that.</param>
    /// <returns>0 to 1.</returns>
    public static double ChanceOfMany(double root, double low, double high)
    {
        var deviation = (high - low) / Middle;
        return 1 - Below((Math.Sqrt(Many) - root - ((high + low) / 2)) / deviation);
    }

    /// <summary>Share of a standard normal distribution below a value, by the series of Marsaglia (2004, J. Stat. Softw. 11, 4).</summary>
    private static double Below(double value)
    {
        if (Math.Abs(value) > 7)
            return value > 0 ? 1 : 0;
        var (sum, before, term) = (value, 0.0, value);
        for (var i = 3; !sum.Equals(before); i += 2)
        {
            before = sum;
            term *= value * value / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-value * value / 2) / Math.Sqrt(2 * Math.PI));
    }
}
