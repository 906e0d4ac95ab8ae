namespace IotGateway.Science.Hive.Temperature;

/// <summary>
/// Temperature in a hive some hours ahead, from its own hours alone. Three terms with fixed weights move the present value; the interval is
/// made of the errors that the same terms had in the hive's own last 14 days (split conformal, Vovk et al. 2005), so a colony that holds
/// its nest has a narrow one. The weights were fitted once by least absolute errors to seven hives in June and July 2021 (UrBAN); at 24
/// hours none of the terms beat "as now" in the months after, so none is used there.
/// </summary>
public static class NestTemperature
{
    /// <summary>Hours of a hive's own past that a term or an interval looks back on.</summary>
    public const int HistoryHours = 14 * 24;

    /// <summary>Hours that a forecast can make use of: the history, and that of the oldest error in it.</summary>
    public const int UsedHours = (2 * HistoryHours) + 3;

    /// <summary>Fewest own errors that an interval is made of.</summary>
    public const int FewestErrors = 24;

    private static readonly double[] Probabilities = [0.1, 0.25, 0.5, 0.75, 0.9];

    /// <summary>Hours ahead that can be forecast.</summary>
    public static IReadOnlyList<int> Horizons { get; } = [1, 6, 24];

    /// <summary>Probabilities of the quantiles; the outermost two hold 80 %.</summary>
    public static IReadOnlyList<double> Levels => Probabilities;

    /// <summary>
    /// Outlooks on the hour that ends some hours later, as of the end of each of the last <paramref name="count"/> hours given, oldest
    /// first; what lies after an hour changes nothing of what is said as of it. Null where nothing can be said: nothing was measured in
    /// that hour, or there are fewer than <see cref="FewestErrors"/> own errors.
    /// </summary>
    /// <param name="hours">
    /// Means of consecutive hours, °C, the newest last; NaN where nothing was measured. Each outlook makes use of
    /// <see cref="UsedHours"/> of them.
    /// </param>
    /// <param name="count">At least 1 and at most the number of hours.</param>
    /// <returns>By horizon, as many as asked for of each of <see cref="Horizons"/>.</returns>
    /// <exception cref="InputException">The count is outside its range.</exception>
    public static IReadOnlyDictionary<int, IReadOnlyList<NestOutlook?>> Ahead(ReadOnlySpan<double> hours, int count = 1)
    {
        if (count < 1 || count > hours.Length)
            throw new InputException("number of outlooks", count, $"at least 1 and at most {hours.Length}, the number of hours");
        var terms = NestTerms.Each(hours, 1, 6);
        return new Dictionary<int, IReadOnlyList<NestOutlook?>>
        {
            [1] = Outlooks(hours, 1, terms[0], new Weights(0.69, 0.28, 0.04), count),
            [6] = Outlooks(hours, 6, terms[1], new Weights(0.44, 0.22, 0.44), count),
            [24] = Outlooks(hours, 24, new NestTerms[hours.Length], default, count),
        };
    }

    private static NestOutlook?[] Outlooks(ReadOnlySpan<double> hours, int horizon, NestTerms[] terms, Weights weights, int count)
    {
        var first = hours.Length - count;
        var from = Math.Max(0, first - HistoryHours);
        var moves = Array.ConvertAll(terms, weights.Move);
        var errors = new SortedWindow(HistoryHours + 1);
        for (var at = from; at < first - horizon; at++)
            errors.Replace(double.NaN, Error(hours, moves, at, horizon));
        var outlooks = new NestOutlook?[count];
        for (var now = first; now < hours.Length; now++)
        {
            var leaving = now - HistoryHours > from ? Error(hours, moves, now - HistoryHours - 1, horizon) : double.NaN;
            errors.Replace(leaving, Error(hours, moves, now - horizon, horizon));
            if (!double.IsNaN(hours[now]) && errors.Ascending.Length >= FewestErrors)
                outlooks[now - first] = Outlook(hours[now], terms[now], hours[now] + moves[now], errors.Ascending);
        }

        return outlooks;
    }

    private static NestOutlook Outlook(double present, NestTerms terms, double value, ReadOnlySpan<double> errors)
    {
        var quantiles = new double[Probabilities.Length];
        for (var i = 0; i < quantiles.Length; i++)
            quantiles[i] = value + ConformalQuantile.Of(errors, Probabilities[i]);
        return new NestOutlook(value, present, terms.UsualChange, terms.Trend, terms.BelowDay, quantiles, errors.Length);
    }

    /// <summary>Error of what was said as of an hour; NaN where it was not said or the truth never came.</summary>
    private static double Error(ReadOnlySpan<double> hours, double[] moves, int at, int horizon) =>
        at < 0 ? double.NaN : hours[at + horizon] - hours[at] - moves[at];

    private readonly record struct Weights(double UsualChange, double Trend, double BelowDay)
    {
        public double Move(NestTerms terms) => (UsualChange * terms.UsualChange) + (Trend * terms.Trend) + (BelowDay * terms.BelowDay);
    }
}
