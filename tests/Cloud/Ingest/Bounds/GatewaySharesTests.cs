using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest.Bounds;

public sealed class GatewaySharesTests
{
    private readonly GatewayShares _shares = new();

    [Fact]
    public void AGatewayHasSoManyDevices()
    {
        Assert.Equal(0, Beyond("thorn", Enumerable.Range(0, GatewayShares.Devices).Select(i => Reading(0, 1, $"d{i}"))));
        Assert.Equal(2, Beyond("thorn", [Reading(1, 1, "d0"), Reading(0, 1, "more"), Reading(2, 1, "d1"), Reading(1, 1, "more")]));
        Assert.Equal(0, Beyond("hill", [Reading(0, 1, "more")]));
    }

    [Fact]
    public void AGatewayHasSoManySeriesThatNobodyKnows()
    {
        Assert.Equal(0, Beyond(
            "thorn", Enumerable.Range(0, GatewayShares.UnknownSeries).Select(i => Reading(0, 1, $"d{i / 256}", $"m{i % 256}"))));
        Assert.Equal(1, Beyond(
            "thorn", [Reading(0, 1, "d1", "m7"), Reading(0, 1, "d1", "one_more"), Reading(0, 1, "d1"), Reading(0, 1, "new")]));
        Assert.Equal(0, Beyond("hill", [Reading(0, 1, "d1", "one_more")]));
    }

    [Fact]
    public void AGatewaySendsOfSoManyDaysWithinADay()
    {
        Assert.Equal(0, Beyond("thorn", Enumerable.Range(0, GatewayShares.DaysADay).Select(i => Reading(-1440 * i, 1))));
        Assert.Equal(1, Beyond("thorn", [Reading(1440, 1), Reading(-1440, 1)]));
        Assert.Equal(0, Beyond("hill", [Reading(1440, 1)]));
        Assert.Equal(0, Beyond("thorn", [Reading(1440, 1)], days: 1));
    }

    private int Beyond(string gateway, IEnumerable<Reading> readings, int days = 0)
    {
        var batch = new Batch(gateway, "s", 1, 1, Noon, "", [], [.. readings]);
        var within = _shares.Within(batch, Noon.AddDays(days), out var beyond);
        Assert.Equal(batch.Readings.Length - beyond, within.Readings.Length);
        Assert.All(within.Readings, r => Assert.Contains(r, batch.Readings.Length < 10 ? batch.Readings : [r]));
        return beyond;
    }
}
