using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire.Spread;

public sealed class WindShiftTests
{
    /// <summary>
    /// Outline after a turn of the wind: the fire has covered every sum of a way of the first hours and a way of the later ones:
    /// its outline's furthest point in any direction is the sum of the two ellipses' furthest points.
    /// </summary>
    [Theory]
    [InlineData(90)]
    [InlineData(30)]
    [InlineData(180)]
    public void AfterAShiftTheFireReachesAsFarAsBothEllipsesTogether(double shift)
    {
        var frame = Plains.Frame(601);
        var (before, after) = (Plains.Hour(20, 200), Plains.Hour(20, (200 + shift) % 360));
        var spruce = new Stand(FuelType.C2);
        var map = FireSpread.Burn(Landscape.Uniform(frame, spruce), [Plains.Middle(frame)], [before, before, before, after, after, after]);
        for (var azimuth = 0.0; azimuth < 2 * Math.PI; azimuth += Math.PI / 8)
        {
            var expected = 180 * (Furthest(Plains.Ellipse(spruce, before), azimuth) + Furthest(Plains.Ellipse(spruce, after), azimuth));
            var error = Plains.Reach(map, azimuth) - expected;
            Assert.InRange(error, -Math.Max(expected * 0.02, 1.5 * frame.CellMetres), frame.CellMetres);
        }
    }

    private static double Furthest(FireEllipse e, double azimuth)
    {
        var (sine, cosine) = Math.SinCos(azimuth - e.AzimuthRadians);
        var half = (e.Head + e.Back) / 2;
        return (e.Head - e.Back) / 2 * cosine + Math.Sqrt(half * half * cosine * cosine + e.Flank * e.Flank * sine * sine);
    }
}
