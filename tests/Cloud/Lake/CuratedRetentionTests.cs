using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedRetentionTests
{
    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public async Task WhatIsDueIsListedFirstAndGoesWhenAsked()
    {
        using var bench = new CuratedBench();
        var old = await bench.PutAsync(Noon.AddDays(-10), Reading(-10 * 1440, 1), Reading(-2 * 1440, 2));
        await bench.PutAsync(Noon, Reading(0, 3));
        await bench.PassAsync();
        var held = await bench.PutAsync(Noon.AddDays(-10), Reading(-10 * 1440, -40, "b", Metrics.Weight) with { Quality = Quality.OutOfRange });
        await bench.PassAsync();
        var late = await bench.PutAsync(Noon.AddDays(-10), Reading(5, 4));
        var retention = new Retention(bench.Store, bench.Time);
        var before = bench.Memory.Keys;

        var dry = await retention.RunAsync(5, 5, dryRun: true, Stop);
        Assert.Equal([old], dry.Raw);
        Assert.Equal([held, late], dry.Kept.Order(StringComparer.Ordinal));
        Assert.Equal(["metric_family=climate/date=2021-06-21"], dry.Partitions);
        Assert.Equal(before, bench.Memory.Keys);

        var done = await retention.RunAsync(5, 5, dryRun: false, Stop);
        Assert.Equal(dry.Raw, done.Raw);
        Assert.Null(await bench.Store.GetAsync(old, Stop));
        await bench.PassAsync();
        Assert.Equal([2d, 3, 4], (await bench.RowsAsync()).Select(r => r.Value));
        bench.Time.Advance(TimeSpan.FromHours(1));
        await new Sweep(bench.Store, bench.Publisher(), bench.Time).RunAsync(bench.Options.Grace, Stop);
        Assert.DoesNotContain(bench.Memory.Keys, k => k.StartsWith("curated/metric_family=climate/date=2021-06-21/", StringComparison.Ordinal));
        Assert.Empty((await retention.RunAsync(5, 5, dryRun: true, Stop)).Partitions);
    }

    [Fact]
    public async Task NothingGoesWithoutALimit()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon.AddDays(-1000), Reading(-1000 * 1440, 1));
        await bench.PassAsync();
        var report = await new Retention(bench.Store, bench.Time).RunAsync(null, null, dryRun: false, Stop);
        Assert.Empty(report.Raw);
        Assert.Empty(report.Partitions);
        Assert.Single(await bench.RowsAsync());
    }
}
