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

    /// <summary>Hours ahead that can be forecast.</summary>
    public static IReadOnlyList<int> Horizons { get; } = [1, 6, 24];

    /// <summary>Probabilities of the quantiles; the outermost two hold 80 %.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.1, 0.25, 0.5, 0.75, 0.9];

    /// <summary>
    /// Outlooks on the hour that ends <paramref name="horizon"/> hours later, as of the end of each of the last <paramref name="count"/>
    /// hours given, oldest first; what lies after an hour changes nothing of what is said as of it. Null where nothing can be said: nothing
    /// was measured in that hour, or there are fewer than <see cref="FewestErrors"/> own errors.
    /// </summary>
    /// <param name="hours">
    /// Means of consecutive hours, °C, the newest last; NaN where nothing was measured. Each outlook makes use of
    /// <see cref="UsedHours"/> of them.
    /// </param>
    /// <param name="horizon">One of <see cref="Horizons"/>.</param>
    /// <param name="count">At least 1 and at most the number of hours.</param>
    /// <exception cref="InputException">The horizon is none of them, or the count is outside its range.</exception>
    public static IReadOnlyList<NestOutlook?> Ahead(ReadOnlySpan<double> hours, int horizon, int count = 1)
    {
        var weights = Weights.Of(horizon);
        if (count < 1 || count > hours.Length)
            throw new InputException("number of outlooks", count, $"at least 1 and at most {hours.Length}, the number of hours");
        var first = hours.Length - count;
        var from = Math.Max(0, first - HistoryHours);
        var terms = new NestTerms[hours.Length];
        for (var at = weights == default ? first : from; at < hours.Length; at++)
            terms[at] = double.IsNaN(hours[at]) ? default : NestTerms.At(hours, at, horizon);
        var moves = Array.ConvertAll(terms, weights.Move);

        var errors = new List<double>(HistoryHours);
        for (var at = from; at < first - horizon; at++)
            Add(errors, Error(hours, moves, at, horizon));
        var outlooks = new NestOutlook?[count];
        for (var now = first; now < hours.Length; now++)
        {
            Add(errors, Error(hours, moves, now - horizon, horizon));
            if (now - HistoryHours > from)
                Remove(errors, Error(hours, moves, now - HistoryHours - 1, horizon));
            if (!double.IsNaN(hours[now]) && errors.Count >= FewestErrors)
                outlooks[now - first] = Outlook(hours[now], terms[now], hours[now] + moves[now], errors);
        }

        return outlooks;
    }

    private static NestOutlook Outlook(double present, NestTerms terms, double value, List<double> errors) => new(
        value, present, terms.UsualChange, terms.Trend, terms.BelowDay, [.. Levels.Select(l => value + ConformalQuantile.Of(errors, l))],
        errors.Count);

    /// <summary>Error of what was said as of an hour; NaN where it was not said or the truth never came.</summary>
    private static double Error(ReadOnlySpan<double> hours, double[] moves, int at, int horizon) =>
        at < 0 ? double.NaN : hours[at + horizon] - hours[at] - moves[at];

    private static void Add(List<double> sorted, double error)
    {
        if (double.IsNaN(error))
            return;
        var at = sorted.BinarySearch(error);
        sorted.Insert(at < 0 ? ~at : at, error);
    }

    private static void Remove(List<double> sorted, double error)
    {
        if (!double.IsNaN(error))
            sorted.RemoveAt(sorted.BinarySearch(error));
    }

    private readonly record struct Weights(double UsualChange, double Trend, double BelowDay)
    {
        public static Weights Of(int horizon) => horizon switch
        {
            1 => new(0.69, 0.28, 0.04),
            6 => new(0.44, 0.22, 0.44),
            24 => default,
            _ => throw new InputException("horizon (h)", horizon, "1, 6 or 24"),
        };

        public double Move(NestTerms terms) => (UsualChange * terms.UsualChange) + (Trend * terms.Trend) + (BelowDay * terms.BelowDay);
    }
}
