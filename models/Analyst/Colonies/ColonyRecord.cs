using IotGateway.Science.Scores;

namespace IotGateway.Analyst.Colonies;

/// <summary>Record of a filter over many simulated seasons with one kind of equipment.</summary>
internal sealed class ColonyRecord(IReadOnlyList<SeasonWord> words)
{
    private const ulong Seed = 12;

    /// <summary>Seasons, those of colonies that were alive when spoken of.</summary>
    public int Count => words.Count;

    /// <summary>Share of the colonies that were lost by the end of April.</summary>
    public double BaseRate { get; } = words.Average(w => w.IsLost ? 1.0 : 0);

    /// <summary>Brier score of the probabilities of loss; that of the base rate is rate × (1 − rate).</summary>
    public double Brier { get; } = BrierScore.Mean(Said(words), Came(words));

    /// <summary>Area under the curve of the same.</summary>
    public double Area { get; } = RankScore.AreaUnderCurve(Said(words), Came(words));

    public IReadOnlyList<Decile> Deciles { get; } = Decile.Of(words);

    /// <summary>Interval of 95 % of how much less the score is than the base rate's, by colony.</summary>
    public ScoreInterval? Gain() => BlockBootstrap.Interval(
        [.. Enumerable.Range(0, words.Count)],
        drawn => drawn.Average(i => Square(BaseRate - Came(i)) - Square(words[i].Loss - Came(i))), Seed);

    /// <summary>Share of truths within the range of 80 %.</summary>
    public double Coverage(RangedQuantity quantity) => QuantileScore.Coverage(
        Column(quantity, r => r.Said.Low), Column(quantity, r => r.Said.High), Column(quantity, r => r.Truth));

    /// <summary>Median width of the range against its middle.</summary>
    public double Width(RangedQuantity quantity)
    {
        var widths = Column(quantity, r => (r.Said.High - r.Said.Low) / Math.Max(r.Said.Median, 1e-9));
        Array.Sort(widths);
        return widths[widths.Length / 2];
    }

    private double Came(int season) => words[season].IsLost ? 1 : 0;

    private double[] Column(RangedQuantity quantity, Func<SaidRange, double> value) =>
        [.. words.Select(w => value(w.Ranges.First(r => r.Quantity == quantity)))];

    private static double[] Said(IReadOnlyList<SeasonWord> words) => [.. words.Select(w => w.Loss)];

    private static bool[] Came(IReadOnlyList<SeasonWord> words) => [.. words.Select(w => w.IsLost)];

    private static double Square(double value) => value * value;
}
