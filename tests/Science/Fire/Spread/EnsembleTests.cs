using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire.Spread;

public sealed class EnsembleTests
{
    private static readonly GridFrame Frame = Plains.Frame(121, 60);
    private static readonly Landscape Forest = Landscape.Uniform(Frame, new Stand(FuelType.C3));
    private static readonly HourOfWeather[] Hours = Plains.Hours(4, Plains.Hour(20, 250, 91, 70));

    [Fact]
    public void TheSeedAndNotTheThreadsDecides()
    {
        var one = Burn(40, 3, threads: 1);
        var four = Burn(40, 3, threads: 4);
        var other = Burn(40, 4, threads: 4);
        Assert.All(Enumerable.Range(0, Frame.Cells), c => Assert.Equal(one.ByMinute(c, 120), four.ByMinute(c, 120)));
        Assert.Contains(Enumerable.Range(0, Frame.Cells), c => one.ByMinute(c) != other.ByMinute(c));
    }

    [Fact]
    public void ProbabilitiesAreCalibratedOnSimulatedTruth() => Assert.InRange(WorstMiscalibration(new Uncertainty()), 0, 0.08);

    [Fact]
    public void AnEnsembleThatThinksItselfTooSureIsFoundOut() => Assert.True(WorstMiscalibration(new Uncertainty
    {
        WindShare = 0.04,
        WindDirectionDegrees = 3,
        Ffmc = 0.3,
        RateShare = 0.07,
    }) > 0.15);

    [Fact]
    public void QuantilesOfArrivalFollowProbability()
    {
        var burns = Burn(100, 1);
        var cell = Plains.Middle(Frame) + 12;
        Assert.True(burns.ArrivalQuantile(cell, 0.1) <= burns.ArrivalQuantile(cell, 0.5));
        var half = burns.ArrivalQuantile(cell, 0.5);
        Assert.True(burns.ByMinute(cell, half) >= 0.5 && burns.ByMinute(cell, half - burns.StepMinutes) < 0.5);
    }

    /// <summary>
    /// 300 true fires drawn as nature would (with the default uncertainty) against the forecast of an ensemble: in
    /// bins of forecast probability, how far the share of cells that did burn is from the forecast, at worst.
    /// </summary>
    private static double WorstMiscalibration(Uncertainty believed)
    {
        var forecast = Burn(300, 1, believed);
        var truth = Burn(300, 1000, new Uncertainty());
        var bins = new (double Forecast, double Burnt, int Cells)[10];
        for (var cell = 0; cell < Frame.Cells; cell++)
        {
            var p = forecast.ByMinute(cell);
            if (p is 0 or 1)
                continue;
            ref var bin = ref bins[(int)(p * 10)];
            bin = (bin.Forecast + p, bin.Burnt + truth.ByMinute(cell), bin.Cells + 1);
        }

        return bins.Where(b => b.Cells > 30).Max(b => Math.Abs(b.Forecast - b.Burnt) / b.Cells);
    }

    private static BurnProbability Burn(int members, int seed, Uncertainty? uncertainty = null, int threads = 2) => FireEnsemble.Burn(
        Forest, [Plains.Middle(Frame)], Hours,
        new EnsembleOptions { Members = members, Seed = seed, Threads = threads, Uncertainty = uncertainty ?? new Uncertainty() });
}
