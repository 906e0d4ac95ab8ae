using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire.Spread;

public sealed class SpreadShapeTests
{
    private static readonly Stand Spruce = new(FuelType.C2);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(45)]
    public void ConstantWindOnUniformFuelMakesTheEllipseWhateverTheWindsSpeed(double wind)
    {
        var hour = Plains.Hour(wind, 270);
        var e = Plains.Ellipse(Spruce, hour);
        var hours = Math.Clamp((int)(400 * 30 / e.Head / 60), 1, 700);
        var map = FireSpread.Burn(
            Landscape.Uniform(Plains.Frame(901), Spruce), [Plains.Middle(Plains.Frame(901))], Plains.Hours(hours, hour));
        var area = map.AreaHectares() / Plains.AreaHectares(e, hours * 60);
        var head = Plains.Reach(map, e.AzimuthRadians) / (e.Head * hours * 60);
        Assert.InRange(area, 0.98, 1.02);
        Assert.InRange(head, 0.98, 1.02);
    }

    [Fact]
    public void TurningTheWindTurnsTheFireAndNothingElse()
    {
        foreach (var varying in new[] { false, true })
        {
            var areas = new List<double>();
            var heads = new List<double>();
            for (var from = 0; from < 360; from += 23)
            {
                var hour = Plains.Hour(25, from);
                // Varying: the FFMC goes up and down by the hour, so that each hour starts from new sources.
                var hours = Enumerable.Range(0, 8)
                    .Select(h => varying ? hour with { Weather = hour.Weather with { Ffmc = 89 + h % 3 } } : hour)
                    .ToArray();
                var map = FireSpread.Burn(Landscape.Uniform(Plains.Frame(901), Spruce), [Plains.Middle(Plains.Frame(901))], hours);
                var minutes = hours.Length * 60;
                var rates = hours.Select(h => Plains.Ellipse(Spruce, h)).ToArray();
                areas.Add(map.AreaHectares());
                heads.Add(Plains.Reach(map, rates[0].AzimuthRadians) / (rates.Average(r => r.Head) * minutes));
            }

            Assert.InRange(areas.Max() / areas.Min(), 1, 1.02);
            Assert.InRange(heads.Min(), 0.98, 1.02);
            Assert.InRange(heads.Max(), 0.98, 1.02);
        }
    }
}
