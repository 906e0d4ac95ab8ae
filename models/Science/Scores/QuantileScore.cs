using System.Globalization;

namespace IotGateway.Science.Scores;

/// <summary>Scores of forecasts that are given as quantiles.</summary>
public static class QuantileScore
{
    /// <summary>
    /// Pinball loss of one quantile (Koenker and Bassett 1978), in the value's unit; 0 is best. Its mean is least where the quantile is the
    /// true one.
    /// </summary>
    /// <param name="probability">The quantile's, above 0 and below 1.</param>
    /// <param name="quantile">The value that the truth was said to stay below with that probability.</param>
    /// <param name="observed">What came.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Pinball(double probability, double quantile, double observed)
    {
        if (!(probability > 0 && probability < 1))
            throw new InputException("probability of a quantile", probability, "above 0 and below 1");
        var over = Rows.Finite(observed, "observed value") - Rows.Finite(quantile, "quantile");
        return over >= 0 ? probability * over : (probability - 1) * over;
    }

    /// <summary>
    /// Continuous ranked probability score from quantiles, in the value's unit; 0 is best. It is twice the integral of the pinball loss
    /// over the probabilities (Gneiting and Ranjan 2011), each quantile standing for the probabilities nearer to it than to its neighbours;
    /// of one quantile, the median, it is the absolute error.
    /// </summary>
    /// <param name="probabilities">The quantiles', ascending, each above 0 and below 1.</param>
    /// <param name="quantiles">One for each.</param>
    /// <param name="observed">What came.</param>
    /// <exception cref="InputException">The counts differ, there is none, they do not ascend, or a value is outside its range.</exception>
    public static double Crps(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> quantiles, double observed)
    {
        Rows.Paired(probabilities.Length, quantiles.Length);
        var sum = 0.0;
        var from = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (i > 0 && !(probabilities[i] > probabilities[i - 1]))
                throw new InputException("probability of a quantile", probabilities[i], Above(probabilities[i - 1]));
            var to = i + 1 < probabilities.Length ? (probabilities[i] + probabilities[i + 1]) / 2 : 1;
            sum += (to - from) * Pinball(probabilities[i], quantiles[i], observed);
            from = to;
        }

        return 2 * sum;
    }

    /// <summary>Share of the truths that lay within their intervals, ends included, 0 to 1.</summary>
    /// <param name="lows">The intervals' lower ends, at least one.</param>
    /// <param name="highs">Their upper ends.</param>
    /// <param name="observed">What came, one for each.</param>
    /// <exception cref="InputException">The counts differ, there is none, or a value is not finite.</exception>
    public static double Coverage(ReadOnlySpan<double> lows, ReadOnlySpan<double> highs, ReadOnlySpan<double> observed)
    {
        Rows.Paired(lows.Length, observed.Length);
        Rows.Paired(highs.Length, observed.Length);
        var within = 0;
        for (var i = 0; i < observed.Length; i++)
        {
            var truth = Rows.Finite(observed[i], "observed value");
            if (truth >= Rows.Finite(lows[i], "lower end") && truth <= Rows.Finite(highs[i], "upper end"))
                within++;
        }

        return (double)within / observed.Length;
    }

    private static string Above(double before) => $"above the one before it, {before.ToString("R", CultureInfo.InvariantCulture)}";
}
