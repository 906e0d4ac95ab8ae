using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Air;
using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using IotGateway.Science.Fire.Suppression;
using IotGateway.Science.Tests.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

public sealed class PeopleTests
{
    private static readonly GridFrame Frame = Plains.Frame(101);

    private static BurnProbability Burns() => FireEnsemble.Burn(
        Landscape.Uniform(Frame, new Stand(FuelType.C2)), [Plains.Middle(Frame)], Plains.Hours(2, Plains.Hour(12, 270)),
        new EnsembleOptions { Members = 20 });

    [Fact]
    public void ARouteIsCutWhereTheFireIsAndLaterMoreThanSooner()
    {
        var burns = Burns();
        var origin = new GeoPoint(50, -115);
        Assert.Equal(1, EscapeRoute.ProbabilityCut(burns, [(origin, 0)]));
        var east = new GeoPoint(50, -115 + 600 / 71_700.0);
        var soon = EscapeRoute.ProbabilityCut(burns, [(east, 0)], marginMinutes: 0);
        var late = EscapeRoute.ProbabilityCut(burns, [(east, 120)], marginMinutes: 0);
        Assert.True(soon < late, $"{soon} {late}");
        Assert.Equal(late, EscapeRoute.ProbabilityCut(burns, [(east, 0), (east, 120)], marginMinutes: 0));
        Assert.Throws<InputException>(() => EscapeRoute.ProbabilityCut(burns, [(new GeoPoint(51, -115), 0)]));
        Assert.Equal(40, EscapeRoute.LeastSafeDistanceMetres(10));
    }

    [Fact]
    public void SmokeGrowsWithTheFireAndThinsWithWindAndDistance()
    {
        Assert.Equal(1e4 / 3600 * 18.7, Smoke.EmissionGramsPerSecond(1, 1), 9);
        var near = Smoke.GroundMicrograms(1000, 18, 1000, 0);
        // σy 76.28 m and σz 37.95 m at 1 km in class D: 1e9 / (π · 5 · 76.28 · 37.95).
        Assert.Equal(21_993, near, 5.0);
        Assert.Equal(2 * near, Smoke.GroundMicrograms(2000, 18, 1000, 0), 6);
        Assert.Equal(near / 2, Smoke.GroundMicrograms(1000, 36, 1000, 0), 6);
        Assert.True(Smoke.GroundMicrograms(1000, 18, 5000, 0) < near);
        Assert.True(Smoke.GroundMicrograms(1000, 18, 1000, 100) < near);
        Assert.Throws<InputException>(() => Smoke.GroundMicrograms(1000, 0, 1000, 0));
    }

    [Fact]
    public void APerimeterLightsTheCellsWithinIt()
    {
        var frame = Plains.Frame(100);
        var (north, east) = (300 / 111_200.0, 300 / 71_700.0);
        GeoPoint[] ring =
        [
            new(50 - north, -115 - east), new(50 - north, -115 + east), new(50 + north, -115 + east), new(50 + north, -115 - east),
        ];
        var cells = Ignition.WithinPerimeter(frame, ring);
        // 600 m by 600 m of cells of 30 m, but for the edge.
        Assert.InRange(cells.Count, 19 * 19, 21 * 21);
        Assert.All(cells, c => Assert.True(Math.Abs(c / 100 - 49.5) < 11 && Math.Abs(c % 100 - 49.5) < 11));
        Assert.Equal(cells, Ignition.WithinPerimeter(frame, [.. ring, ring[0]]));
        Assert.Throws<InputException>(() => Ignition.WithinPerimeter(
            frame, [.. ring.Select(p => p with { LatitudeDegrees = p.LatitudeDegrees + 1 })]));
    }
}
