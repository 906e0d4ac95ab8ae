using IotGateway.Science.Scores;

namespace IotGateway.Science.Tests.Scores;

/// <summary>Scores against figures worked out by hand or known in closed form.</summary>
public class ScoreTests
{
    [Fact]
    public void TheAbsoluteErrorIsTheMeanDistance() => Assert.Equal(2, AbsoluteError.Mean([1, 5, 10], [2, 3, 13]));

    [Fact]
    public void APinballWeighsTheTwoSidesByTheQuantile()
    {
        Assert.Equal(0.9 * 4, QuantileScore.Pinball(0.9, 6, 10), 12);
        Assert.Equal(0.1 * 4, QuantileScore.Pinball(0.9, 10, 6), 12);
    }

    [Fact]
    public void TheCrpsOfAMedianAloneIsTheAbsoluteError() => Assert.Equal(3, QuantileScore.Crps([0.5], [4], 7), 12);

    /// <summary>CRPS of the uniform distribution on 0 to 1 at y is y³/3 + (1−y)³/3.</summary>
    [Fact]
    public void TheCrpsOfManyQuantilesIsThatOfTheDistribution()
    {
        double[] probabilities = [.. Enumerable.Range(1, 999).Select(i => i / 1000.0)];

        Assert.Equal((0.027 + 0.343) / 3, QuantileScore.Crps(probabilities, probabilities, 0.3), 4);
    }

    [Fact]
    public void CoverageCountsTheEnds() => Assert.Equal(0.5, QuantileScore.Coverage([1, 1, 1, 1], [2, 2, 2, 2], [1, 2, 2.1, 0.9]));

    [Fact]
    public void ABrierScoreIsTheSumOfItsParts()
    {
        double[] said = [0.1, 0.12, 0.1, 0.1, 0.8, 0.86, 0.8, 1];
        bool[] came = [false, false, true, false, true, true, false, true];

        var parts = BrierScore.Parts(said, came);

        Assert.Equal(BrierScore.Mean(said, came), parts.Score);
        Assert.Equal(0.25, parts.Uncertainty);
        Assert.Equal(parts.Score, parts.Reliability - parts.Resolution + parts.Uncertainty + parts.WithinBins, 12);
    }

    [Fact]
    public void TheBaseRateSaidEachTimeHasTheUncertaintyAsItsScore()
    {
        var parts = BrierScore.Parts([0.25, 0.25, 0.25, 0.25], [true, false, false, false]);

        Assert.Equal((0.1875, 0, 0, 0.1875), (parts.Score, parts.Reliability, parts.Resolution, parts.Uncertainty));
    }

    [Fact]
    public void BinsTellCountsAndLeaveOutEmptyOnes()
    {
        var bins = Reliability.Bins([0.05, 0.15, 0.1, 1], [false, true, false, true]);

        Assert.Equal([(0.0, 1), (0.1, 2), (0.9, 1)], bins.Select(b => (b.Low, b.Count)));
        Assert.Equal([0, 0.5, 1], bins.Select(b => b.ObservedShare));
    }

    [Fact]
    public void TheAreaCountsPairsAndTiesHalf()
    {
        Assert.Equal(0.75, RankScore.AreaUnderCurve([0.1, 0.4, 0.35, 0.8], [false, false, true, true]));
        Assert.Equal(0.5, RankScore.AreaUnderCurve([3, 3, 3], [false, true, true]));
        Assert.Equal(double.NaN, RankScore.AreaUnderCurve([1, 2], [true, true]));
    }

    [Fact]
    public void WhatIsNoScoreIsRefusedByName()
    {
        Assert.Equal("number of forecasts", Assert.Throws<InputException>(() => AbsoluteError.Mean([], [])).Input);
        Assert.Equal("number of observed values", Assert.Throws<InputException>(() => BrierScore.Mean([0.1, 0.2], [true])).Input);
        Assert.Equal("probability", Assert.Throws<InputException>(() => BrierScore.Mean([double.NaN], [true])).Input);
        Assert.Equal("probability of a quantile", Assert.Throws<InputException>(() => QuantileScore.Crps([0.5, 0.5], [1, 2], 1)).Input);
        Assert.Equal("quantile", Assert.Throws<InputException>(() => QuantileScore.Pinball(0.5, double.NaN, 1)).Input);
    }
}
