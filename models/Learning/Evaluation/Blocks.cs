using IotGateway.Science.Scores;

namespace IotGateway.Learning.Evaluation;

/// <summary>Intervals over rows of groups (states, hives, yards) and times (quarters, fortnights); the wider one is told.</summary>
internal sealed class Blocks(IReadOnlyList<string> groups, IReadOnlyList<int> times)
{
    private const ulong Seed = 20_150_331;

    /// <summary>The wider interval of a mean over the rows.</summary>
    public ScoreInterval? MeanInterval(double[] values) => ScoreInterval.Wider(Mean(groups, values), Mean(times, values));

    /// <summary>The wider interval of a score over the rows.</summary>
    public ScoreInterval? Interval(Func<IReadOnlyList<int>, double> score) => ScoreInterval.Wider(
        BlockBootstrap.Interval(groups, score, Seed), BlockBootstrap.Interval(times, score, Seed));

    /// <summary>Draws sums of blocks in place of their rows, which gives the same mean sooner.</summary>
    private static ScoreInterval? Mean<TBlock>(IReadOnlyList<TBlock> blocks, double[] values)
        where TBlock : notnull
    {
        var sums = values.Select((v, i) => (Block: blocks[i], Value: v)).GroupBy(r => r.Block)
            .Select(g => (Block: g.Key, Sum: g.Sum(r => r.Value), Count: g.Count())).ToList();
        return BlockBootstrap.Interval(
            [.. sums.Select(s => s.Block)], drawn => drawn.Sum(i => sums[i].Sum) / drawn.Sum(i => sums[i].Count), Seed);
    }
}
