using CsCheck;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using IotGateway.Science.Tests.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

public sealed class RefusalTests
{
    private static readonly NoonWeather Fair = new(20, 40, 10, 0);

    [Theory]
    [InlineData(20, 0, 10, 0, "humidity")]
    [InlineData(20, 101, 10, 0, "humidity")]
    [InlineData(20, 40, -1, 0, "wind")]
    [InlineData(20, 40, 10, -0.1, "rain")]
    [InlineData(double.NaN, 40, 10, 0, "temperature")]
    [InlineData(20, 40, double.PositiveInfinity, 0, "wind")]
    public void WeatherThatCannotBeIsRefusedByName(double t, double h, double w, double r, string named)
    {
        var refusal = Assert.Throws<InputException>(() => FwiSystem.Next(FwiCodes.SeasonStart, new NoonWeather(t, h, w, r), 46, 7));
        Assert.Contains(named, refusal.Input);
        Assert.NotEmpty(refusal.Range);
    }

    [Theory]
    [InlineData(91)]
    [InlineData(-90.1)]
    [InlineData(double.NaN)]
    public void LatitudesBeyondThePolesAreRefused(double latitude) =>
        Assert.Contains("latitude", Assert.Throws<InputException>(() => FwiSystem.Next(FwiCodes.SeasonStart, Fair, latitude, 7)).Input);

    [Fact]
    public void AnIgnitionOutsideTheGridOrOnWaterIsRefused()
    {
        var frame = Plains.Frame(11);
        Assert.Throws<InputException>(() => Ignition.AtPoints(frame, [new GeoPoint(51, -115)]));
        var lake = Landscape.Uniform(frame, new Stand(FuelType.Water));
        var refusal = Assert.Throws<InputException>(() => FireSpread.Burn(lake, [60], [Plains.Hour(10, 0)]));
        Assert.Contains("Water", refusal.Value);
    }

    [Fact]
    public void NoInRangeWeatherMakesAnythingThatIsNotANumber() => Gen.Select(
            Gen.Double[-60, 60], Gen.Double[0.001, 100], Gen.Double[0, 300], Gen.Double[0, 2000],
            Gen.Double[0, 101], Gen.Double[0, 500], Gen.Double[0, 1500], Gen.Select(Gen.Double[-90, 90], Gen.Int[1, 12]))
        .Sample((t, h, w, r, ffmc, dmc, dc, place) =>
        {
            var day = FwiSystem.Next(new FwiCodes(ffmc, dmc, dc), new NoonWeather(t, h, w, r), place.Item1, place.Item2);
            double[] values = [day.Codes.Ffmc, day.Codes.Dmc, day.Codes.Dc, day.Isi, day.Bui, day.Fwi, day.Dsr];
            return values.All(v => double.IsFinite(v) && v >= 0) && day.Codes.Ffmc <= 101;
        });

    [Fact]
    public void NoInRangeFireMakesAnythingThatIsNotANumber() => Gen.Select(
            Gen.Int[0, (int)FuelType.S3], Gen.Double[0, 101], Gen.Double[0, 500], Gen.Double[0, 300],
            Gen.Double[0, 360], Gen.Double[0, 200], Gen.Double[0, 360], Gen.Select(Gen.Double[0, 100], Gen.Double[50, 300]))
        .Sample((fuel, ffmc, bui, wind, from, slope, aspect, rest) =>
        {
            var stand = new Stand((FuelType)fuel) { ConiferPercent = rest.Item1, DeadFirPercent = rest.Item1, CuringPercent = rest.Item1 };
            var fire = FireEllipse.Of(
                new GroundClass(stand, new Terrain(slope, aspect)), new BehaviourWeather(ffmc, bui, wind, from), rest.Item2);
            double[] values = [fire.Head, fire.Back, fire.Flank, fire.AzimuthRadians, fire.HeadIntensity];
            return values.All(v => double.IsFinite(v) && v >= 0);
        });
}
