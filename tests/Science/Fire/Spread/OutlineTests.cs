using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Ground;
using NetTopologySuite.Geometries;
using Xunit;

namespace IotGateway.Science.Tests.Fire.Spread;

public sealed class OutlineTests
{
    [Fact]
    public void RingsAreWoundAsRfc7946AsksAndHolesAreHoles()
    {
        var frame = Plains.Frame(7);
        // A square of 5 × 5 with its middle missing, and a cell that touches it at a corner.
        var figure = Isochrones.Outline(frame, c => Inside(c % 7, c / 7) || (c % 7 == 6 && c / 7 == 6));
        Assert.Equal(2, figure.NumGeometries);
        var square = Enumerable.Range(0, 2).Select(i => (Polygon)figure.GetGeometryN(i)).Single(p => p.NumInteriorRings == 1);
        Assert.True(square.Shell.IsCCW);
        Assert.False(square.Holes[0].IsCCW);
        Assert.True(figure.IsValid);

        static bool Inside(int column, int row) => column is > 0 and < 6 && row is > 0 and < 6 && (column, row) != (3, 3);
    }

    [Fact]
    public void AFigureAcrossTheAntimeridianIsCutThere()
    {
        var frame = new GridFrame(10, 10, 1000, -5000, 5000, new LocalProjection(new GeoPoint(-17, 179.99)));
        var figure = Isochrones.Outline(frame, _ => true);
        Assert.Equal(2, figure.NumGeometries);
        Assert.All(figure.Coordinates, c => Assert.InRange(c.X, -180, 180));
        Assert.Contains(figure.Coordinates, c => c.X > 179.9);
        Assert.Contains(figure.Coordinates, c => c.X < -179.9);
        Assert.True(figure.EnvelopeInternal.Width > 359);
    }

    [Theory]
    [InlineData(50.5, -115.2)]
    [InlineData(-33.9, 151.2)]
    [InlineData(0.01, 3.1)]
    public void UtmGoesThereAndBack(double latitude, double longitude)
    {
        var zone = (int)Math.Floor((longitude + 180) / 6) + 1;
        var utm = Projection.OfEpsg((latitude < 0 ? 32700 : 32600) + zone);
        var (east, north) = utm.ToPlane(new GeoPoint(latitude, longitude));
        var back = utm.ToGeo(east, north);
        Assert.Equal(latitude, back.LatitudeDegrees, 1e-9);
        Assert.Equal(longitude, back.LongitudeDegrees, 1e-9);
    }

    [Fact]
    public void UtmAgreesWithAPublishedPlace()
    {
        // CN Tower, Toronto: 17T 630084 E 4833438 N (43°38′33.24″ N, 79°23′13.7″ W).
        var (east, north) = Projection.OfEpsg(32617).ToPlane(new GeoPoint(43.6425667, -79.3871389));
        Assert.Equal(630084, east, 1.0);
        Assert.Equal(4833438, north, 1.5);
    }

    [Fact]
    public void OtherProjectionsAreRefused() => Assert.Contains("4326", Assert.Throws<InputException>(() => Projection.OfEpsg(4326)).Value);
}
