using IotGateway.Science.Earth;

namespace IotGateway.Science.Tests.Earth;

public class DistanceTests
{
    /// <summary>New York to London is 5551.759 km on the ellipsoid: the example of GeographicLib's GeodSolve (Karney 2013).</summary>
    [Fact]
    public void GreatCircleIsWithinHalfAPercentOfTheEllipsoid() =>
        Assert.InRange(GreatCircle.Kilometres(40.6, -73.8, 51.6, -0.5) / 5551.759, 0.995, 1.005);

    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(90, 0, 0, 123, 10007.543)]
    [InlineData(0, 0, 0, 180, 20015.087)]
    [InlineData(10, 179.5, 10, -179.5, 109.5056)]
    public void DistanceOfPlacesOnTheSphere(double latitude1, double longitude1, double latitude2, double longitude2, double kilometres) =>
        Assert.Equal(kilometres, GreatCircle.Kilometres(latitude1, longitude1, latitude2, longitude2), 0.001);

    /// <summary>ISO 2533: 15 °C at sea level, 8.5 °C at 1000 m.</summary>
    [Fact]
    public void StandardAirIsSixAndAHalfKelvinWarmerAKilometreBelow()
    {
        Assert.Equal(15, StandardAtmosphere.TemperatureBelow(8.5, 1000), 1e-9);
        Assert.Equal(8.5, StandardAtmosphere.TemperatureBelow(15, -1000), 1e-9);
    }
}
