using IotGateway.Cloud.Ingest.Receive;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Ingest.Bounds;

public sealed class GatewaySharesTests
{
    private readonly FakeTimeProvider _time = new(TestGateway.Noon);
    private readonly GatewayShares _shares;

    public GatewaySharesTests() => _shares = new GatewayShares(_time);

    [Fact]
    public void AGatewayHasSoManyDevices()
    {
        Admit(null, "thorn", Enumerable.Range(0, GatewayShares.Devices).Select(i => TestGateway.Reading(0, 1, $"d{i}")));
        Admit("too_many_devices", "thorn", [TestGateway.Reading(0, 1, "one-more")]);
        Admit(null, "thorn", [TestGateway.Reading(1, 1, "d0")]);
        Admit(null, "hill", [TestGateway.Reading(0, 1, "one-more")]);
    }

    [Fact]
    public void AGatewayHasSoManySeriesThatNobodyKnows()
    {
        Admit(null, "thorn", Enumerable.Range(0, GatewayShares.UnknownSeries)
            .Select(i => TestGateway.Reading(0, 1, $"d{i / 256}", $"m{i % 256}")));
        Admit("too_many_metrics", "thorn", [TestGateway.Reading(0, 1, "d1", "one_more")]);
        Admit(null, "thorn", [TestGateway.Reading(0, 1, "d1", "m7"), TestGateway.Reading(0, 1, "d1")]);
        Admit(null, "hill", [TestGateway.Reading(0, 1, "d1", "one_more")]);
    }

    [Fact]
    public void AGatewaySendsOfSoManyDaysWithinADay()
    {
        Admit(null, "thorn", Enumerable.Range(0, GatewayShares.DaysADay).Select(i => TestGateway.Reading(-1440 * i, 1)));
        Admit("too_many_days", "thorn", [TestGateway.Reading(1440, 1)]);
        Admit(null, "thorn", [TestGateway.Reading(-1440, 1)]);
        Admit(null, "hill", [TestGateway.Reading(1440, 1)]);
        _time.Advance(TimeSpan.FromDays(1));
        Admit(null, "thorn", [TestGateway.Reading(1440, 1)]);
    }

    private void Admit(string? reason, string gateway, IEnumerable<Reading> readings)
    {
        string? refused = null;
        try
        {
            _shares.Admit(new Batch(gateway, "s", 1, 1, TestGateway.Noon, "", [], [.. readings]));
        }
        catch (BatchFormatException e)
        {
            refused = e.Reason;
        }

        Assert.Equal(reason, refused);
    }
}
