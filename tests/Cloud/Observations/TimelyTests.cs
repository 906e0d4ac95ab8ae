using IotGateway.Cloud.Observations;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class TimelyTests
{
    [Theory]
    [InlineData(60, 0)]
    [InlineData(60.1, 1)]
    [InlineData(60 * 24 * 365 * 79.0, 1)]
    [InlineData(-60 * 24 * 365 * 20.0, 0)]
    [InlineData(-60 * 24 * 365 * 22.0, 1)]
    public void AReadingIsOfItsTimeOrSoonAfter(double minutes, int leftOut)
    {
        var timely = Timely.Of(new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(0, 1), Reading(minutes, 2)]), Noon, out var untimely);

        Assert.Equal(leftOut, untimely);
        Assert.Equal(2 - leftOut, timely.Readings.Length);
    }
}
