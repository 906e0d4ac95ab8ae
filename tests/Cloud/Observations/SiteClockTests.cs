using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class SiteClockTests
{
    [Fact]
    public async Task RecordedSitesKeepTheirNewestReadingsTimeLiveOnesTheRealTime()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var apiary = Apiary.From(Some.Apiary());
        var clock = new SiteClock(apiary, store, time);
        var (recorded, live) = (apiary.Sites[0], apiary.Sites[1]);

        Assert.Null(await clock.NowAsync(recorded, TestContext.Current.CancellationToken));
        store.Store([new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(7, 1, "a1"), Reading(99, 1, "elsewhere"), Reading(3, 1, "a2")])]);

        Assert.Equal(Noon.AddMinutes(7), await clock.NowAsync(recorded, TestContext.Current.CancellationToken));
        Assert.Equal(time.GetUtcNow(), await clock.NowAsync(live, TestContext.Current.CancellationToken));
    }
}
