using System.Globalization;

namespace IotGateway.Science.Scores;

/// <summary>
/// Intervals of scores by drawing whole blocks of rows with replacement (Künsch 1989): rows of one hive, state or week resemble each
/// other, so drawing them one by one would tell an interval that is too narrow.
/// </summary>
public static class BlockBootstrap
{
    /// <summary>Fewest blocks that an interval is told from; of fewer the draws are too much alike.</summary>
    public const int FewestBlocks = 5;

    /// <summary>
    /// Percentile interval of a score. Null where it cannot be told: fewer than <see cref="FewestBlocks"/> blocks, or no number in more
    /// than half of the draws. The same input gives the same interval on every machine.
    /// </summary>
    /// <param name="blocks">Each row's block, such as its hive or its week.</param>
    /// <param name="score">
    /// The score of the rows with these indices, each perhaps several times; it may be asked from one thread only, and may answer NaN.
    /// </param>
    /// <param name="seed">Key of the draws.</param>
    /// <param name="draws">Number of draws, 100 to 100,000.</param>
    /// <param name="level">Probability of the interval, above 0 and below 1.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static ScoreInterval? Interval<TBlock>(
        IReadOnlyList<TBlock> blocks, Func<IReadOnlyList<int>, double> score, ulong seed, int draws = 1000, double level = 0.95)
        where TBlock : notnull
    {
        if (draws is < 100 or > 100_000)
            throw new InputException("number of draws", draws.ToString(CultureInfo.InvariantCulture), "from 100 to 100000");
        if (!(level > 0 && level < 1))
            throw new InputException("level of the interval", level, "above 0 and below 1");
        var rows = Enumerable.Range(0, blocks.Count).GroupBy(i => blocks[i]).Select(g => g.ToArray()).ToList();
        if (rows.Count < FewestBlocks)
            return null;
        var uniform = new SplitMix(seed);
        var drawn = new List<int>();
        var scores = new List<double>(draws);
        for (var draw = 0; draw < draws; draw++)
        {
            drawn.Clear();
            for (var i = 0; i < rows.Count; i++)
                drawn.AddRange(rows[(int)(uniform.Next() * rows.Count)]);
            var value = score(drawn);
            if (double.IsFinite(value))
                scores.Add(value);
        }

        if (scores.Count * 2 < draws)
            return null;
        scores.Sort();
        return new(Quantile(scores, (1 - level) / 2), Quantile(scores, (1 + level) / 2));
    }

    private static double Quantile(List<double> sorted, double probability)
    {
        var at = probability * (sorted.Count - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
