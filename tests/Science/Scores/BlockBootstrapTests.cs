using IotGateway.Science.Scores;

namespace IotGateway.Science.Tests.Scores;

/// <summary>Intervals by blocks: what they cover, and when none is told.</summary>
public class BlockBootstrapTests
{
    private static readonly int[] Keys = [.. Enumerable.Range(0, 400).Select(i => i / 10)];

    /// <summary>Rows that are equal within their block: 40 different values, 400 rows.</summary>
    private static readonly double[] Values = [.. Keys.Select(k => Math.Sin(k * 12.9898))];

    [Fact]
    public void BlocksOfLikeRowsWidenTheInterval()
    {
        var byBlock = BlockBootstrap.Interval(Keys, Mean, seed: 1);
        var byRow = BlockBootstrap.Interval([.. Enumerable.Range(0, 400)], Mean, seed: 1);

        Assert.InRange(Width(byBlock) / Width(byRow), 2.5, 4);
        Assert.Equal(byBlock, ScoreInterval.Wider(byRow, byBlock));
    }

    [Fact]
    public void AnIntervalHasTheWidthThatTheoryTells()
    {
        var error = Math.Sqrt(Values.Average(v => v * v) - Math.Pow(Values.Average(), 2)) / Math.Sqrt(40);

        Assert.InRange(Width(BlockBootstrap.Interval(Keys, Mean, seed: 2, draws: 4000)) / (2 * 1.96 * error), 0.9, 1.1);
    }

    [Fact]
    public void TheSameSeedGivesTheSameInterval()
    {
        Assert.Equal(BlockBootstrap.Interval(Keys, Mean, 7), BlockBootstrap.Interval(Keys, Mean, 7));
        Assert.NotEqual(BlockBootstrap.Interval(Keys, Mean, 7), BlockBootstrap.Interval(Keys, Mean, 8));
    }

    [Fact]
    public void FewBlocksOrNoNumberTellNoInterval()
    {
        Assert.Null(BlockBootstrap.Interval(["a", "a", "b", "c", "d"], _ => 1, 1));
        Assert.Null(BlockBootstrap.Interval(Keys, _ => double.NaN, 1));
        Assert.Null(ScoreInterval.Wider(new ScoreInterval(0, 1), null));
    }

    private static double Mean(IReadOnlyList<int> rows) => rows.Average(r => Values[r]);

    private static double Width(ScoreInterval? interval) => interval!.Value.High - interval.Value.Low;
}
