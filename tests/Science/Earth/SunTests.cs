using System.Globalization;
using IotGateway.Science.Earth;

namespace IotGateway.Science.Tests.Earth;

public class SunTests
{
    private const double PromisedDegrees = 0.01;

    /// <summary>
    /// At the pole the elevation is the declination: Meeus, Astronomical Algorithms (1998), example 25.a; equinoxes and solstices of the
    /// USNO.
    /// </summary>
    [Theory]
    [InlineData("1992-10-12T23:59:01Z", -7.78507)]
    [InlineData("2021-03-20T09:37:00Z", 0)]
    [InlineData("2021-06-21T03:32:00Z", 23.4365)]
    [InlineData("2021-09-22T19:21:00Z", 0)]
    [InlineData("2021-12-21T15:59:00Z", -23.4365)]
    public void DeclinationIsTheAlmanacs(string time, double degrees)
    {
        Assert.Equal(degrees, Sun.ElevationDegrees(Utc(time), 90, 0), PromisedDegrees);
        Assert.Equal(-degrees, Sun.ElevationDegrees(Utc(time), -90, 0), PromisedDegrees);
    }

    /// <summary>
    /// The worked example of Reda and Andreas 2004 (NREL/TP-560-34302): 39.872046° seen from the ground, 0.0019° more from the Earth's
    /// centre.
    /// </summary>
    [Fact]
    public void ElevationIsThatOfNrelsExample() =>
        Assert.Equal(39.8739, Sun.ElevationDegrees(Utc("2003-10-17T19:30:30Z"), 39.742476, -105.1786), PromisedDegrees);

    [Fact]
    public void ThePolesSunStaysUpAllSummerAndDownAllWinter()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            Assert.True(Sun.IsUp(Utc("2021-06-21T00:00:00Z").AddHours(hour), 80, 15));
            Assert.False(Sun.IsUp(Utc("2021-12-21T00:00:00Z").AddHours(hour), 80, 15));
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
