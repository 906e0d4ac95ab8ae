using IotGateway.Science.Fire.Air;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Suppression;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

public sealed class SuppressionTests
{
    [Fact]
    public void SmallQuietFiresAreContainedLargeFierceOnesNot()
    {
        Assert.True(InitialAttack.ContainmentProbability(0.1, 200) > 0.98);
        Assert.True(InitialAttack.ContainmentProbability(10, 8000) < 0.01);
    }

    [Fact]
    public void MeansAreRankedByProbabilityAndWhatNobodyKnowsComesLast()
    {
        var cases = Enumerable.Range(0, 50).Select(i => (100.0 + 100 * i, 0.2 + 0.02 * i)).ToList();
        var ranked = SuppressionRanking.Rank(cases, SuppressionMeans.Usual);
        Assert.Equal(ranked.OrderByDescending(o => o.Probability ?? -1).Select(o => o.Means.Name), ranked.Select(o => o.Means.Name));
        Assert.Null(ranked[^1].Probability);
        Assert.All(ranked.SkipLast(1), o => Assert.True(o.Low <= o.Probability && o.Probability <= o.High && o.Basis.Length > 20));
        Assert.Equal(ranked, SuppressionRanking.Rank(cases, SuppressionMeans.Usual));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9.0, 50)]
    [InlineData(9.1, 51)]
    [InlineData(35.4, 100)]
    [InlineData(35.49, 100)]
    [InlineData(55.4, 150)]
    [InlineData(125.4, 200)]
    [InlineData(225.4, 300)]
    [InlineData(225.5, 301)]
    [InlineData(900, 500)]
    public void TheAirQualityIndexHasTheBreakpointsOf2024(double micrograms, int index) =>
        Assert.Equal(index, AirQualityIndex.OfFineParticles(micrograms));

    [Theory]
    [InlineData(90, 50, 95)]
    [InlineData(100, 40, 109)]
    [InlineData(86, 90, 105)]
    [InlineData(70, 40, 69)]
    public void TheHeatIndexAgreesWithTheWeatherServicesChart(double fahrenheit, double humidity, double expected) =>
        Assert.Equal(expected, HeatIndex.Celsius((fahrenheit - 32) * 5 / 9, humidity) * 9 / 5 + 32, 1.0);

    [Theory]
    [InlineData(5.1, "low", "moderate")]
    [InlineData(21.3, "very high", "very high")]
    [InlineData(50.1, "very extreme", "extreme")]
    public void DangerClassesStartWhereTheirSourcesSay(double fwi, string effis, string canada)
    {
        Assert.Equal(effis, DangerScale.Effis.Of(fwi).Name);
        Assert.Equal(canada, DangerScale.Canada.Of(fwi).Name);
    }
}
