using CsCheck;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Growth;
using IotGateway.Science.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire.Growth;

/// <summary>One ellipse, whoever asks: head, flank and back are on it, and the spread over a grid runs along it.</summary>
public sealed class FireShapeTests
{
    private static readonly Gen<(Stand Stand, BehaviourWeather Weather, Terrain Terrain)> Fires = Gen.Select(
        Gen.Int[(int)FuelType.C1, (int)FuelType.S3], Gen.Double[75, 96], Gen.Double[10, 150], Gen.Double[0, 60], Gen.Double[0, 60])
        .Select(g => (new Stand((FuelType)g.Item1), new BehaviourWeather(g.Item2, g.Item3, g.Item4, 270), new Terrain(g.Item5, 180)));

    [Fact]
    public void TheBackOfAC3FireIsAtItsBack()
    {
        var (stand, weather) = (new Stand(FuelType.C3), new BehaviourWeather(92, 60, 30, 0));
        var (fire, growth) = Grown(stand, weather, Terrain.Level);

        Assert.InRange(growth.At(stand, fire, Math.PI).RateOfSpread, 0.017, 0.019);
        Assert.Equal(growth.Back.RateOfSpread, growth.At(stand, fire, -Math.PI).RateOfSpread, 1e-12);
        Assert.Equal(growth.Back.Intensity, growth.At(stand, fire, Math.PI).Intensity, 1e-9);
    }

    [Fact]
    public void HeadFlankAndBackLieOnTheEllipseAndItsAreaIsTheirs() => Fires.Sample((stand, weather, terrain) =>
    {
        var (fire, growth) = Grown(stand, weather, terrain);
        if (growth.Head.RateOfSpread < 1e-3)
            return;
        const int Steps = 7200;
        double across = 0, area = 0;
        for (var i = 0; i < Steps; i++)
        {
            var angle = 2 * Math.PI * i / Steps;
            var rate = growth.At(stand, fire, angle).RateOfSpread;
            Assert.InRange(rate, 0, growth.Head.RateOfSpread * growth.LengthToBreadth * (1 + 1e-9));
            across = Math.Max(across, rate * Math.Sin(angle));
            area += rate * rate / 2 * (2 * Math.PI / Steps);
        }

        Assert.Equal(growth.Head.RateOfSpread, growth.At(stand, fire, 0).RateOfSpread, growth.Head.RateOfSpread * 1e-12);
        Assert.Equal(growth.Back.RateOfSpread, growth.At(stand, fire, Math.PI).RateOfSpread, growth.Back.RateOfSpread * 1e-9 + 1e-15);
        Assert.Equal(growth.Flank.RateOfSpread, across, growth.Flank.RateOfSpread * 1e-3);
        var expected = Math.PI / 2 * (growth.Head.RateOfSpread + growth.Back.RateOfSpread) * growth.Flank.RateOfSpread;
        Assert.Equal(expected, area, expected * 2e-2);
    }, iter: 200);

    [Fact]
    public void TheSpreadOverAGridRunsAlongTheSameEllipse() => Gen.Select(Fires, Gen.Double[0, 2 * Math.PI]).Sample((f, angle) =>
    {
        var (fire, growth) = Grown(f.Stand, f.Weather, f.Terrain);
        var ellipse = FireEllipse.Of(new GroundClass(f.Stand, f.Terrain), f.Weather, 97);
        if (ellipse.Head < 1e-3 || ellipse.Back < 1e-9)
            return;
        var bearing = ellipse.AzimuthRadians + angle;

        var minutes = new Wavelet(ellipse).Minutes(1000 * Math.Sin(bearing), 1000 * Math.Cos(bearing));

        Assert.Equal(1, minutes * growth.At(f.Stand, fire, angle).RateOfSpread / 1000, 1e-6);
    }, iter: 2000);

    [Theory]
    [InlineData(150, 0, 0)]
    [InlineData(97, 0.5, 1)]
    public void CrownsThatCarryAFireMoreSlowlyThanTheGroundDoNotBurn(double foliarMoisture, double least, double most)
    {
        var stand = new Stand(FuelType.C6);
        var weather = new BehaviourWeather(95, 100, 60, 0);

        var fire = FbpSystem.Predict(stand, weather, Terrain.Level, foliarMoisture);
        var growth = FireGrowth.After(stand, weather, Terrain.Level, foliarMoisture, TimeSpan.FromHours(1), fromPoint: false);

        Assert.InRange(fire.CrownFractionBurned, least, most);
        Assert.Equal(fire.CrownFractionBurned, growth.Head.CrownFractionBurned);
        if (most == 0)
        {
            Assert.Equal(0, fire.CrownConsumption);
            Assert.Equal(300 * fire.SurfaceConsumption * fire.RateOfSpread, fire.HeadFireIntensity, 1e-6);
            Assert.Equal((0, 0), (growth.Flank.CrownFractionBurned, growth.Back.CrownFractionBurned));
        }
    }

    [Fact]
    public void ACrownRateThatPassesTheGroundsMakesNoJumpInTheRate()
    {
        var rates = Enumerable.Range(90, 120).Select(m => FbpSystem.RateOfSpread(new Stand(FuelType.C6), 40, 100, m, 3)).ToArray();

        Assert.Equal(rates.OrderDescending(), rates);
        Assert.InRange(rates.Zip(rates.Skip(1), (a, b) => a - b).Max(), 0, 1.5);
    }

    private static (FireBehaviour Fire, FireGrowth Growth) Grown(Stand stand, BehaviourWeather weather, Terrain terrain) => (
        FbpSystem.Predict(stand, weather, terrain, 97),
        FireGrowth.After(stand, weather, terrain, 97, TimeSpan.FromHours(1), fromPoint: false));
}
