using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

/// <summary>Isolation of gateways from each other in the curated lake.</summary>
public sealed class CuratedSharesTests
{
    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public async Task AnObjectWithMoreThanAPassTakesIsTakenInParts()
    {
        using var bench = new CuratedBench();
        var key = await bench.PutFromAsync(
            "flood", Noon, [.. Enumerable.Range(0, 52).Select(b => Many(b * 10_000, 10_000, "f1"))]);
        await bench.PutAsync(Noon.AddSeconds(1), Reading(0, 20));
        var transform = bench.Transform();

        var first = await transform.PassAsync(Stop);
        Assert.True(first.More);
        Assert.Equal(250_001, first.Readings);
        Assert.Equal(20, Assert.Single(await bench.RowsAsync(Of("a1"))).Value);

        // A start in the midst begins the object again; what is published of it is known.
        var passes = await ToTheEndAsync(bench.Transform());
        Assert.InRange(passes, 2, 4);
        Assert.Equal(520_001, (await bench.ManifestsAsync()).Sum(m => m.Rows));
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Equal((0, 0), (manifest.Duplicates, manifest.Conflicts));
        Assert.Equal(3, manifest.Sources.Count(s => s.StartsWith($"{key}#", StringComparison.Ordinal)));

        await bench.Store.DeleteAsync(DayProgress.KeyOf(new DateOnly(2021, 7, 1)), Stop);
        await ToTheEndAsync(bench.Transform());
        Assert.Equal(manifest.Version, Assert.Single(await bench.ManifestsAsync()).Version);
    }

    [Fact]
    public async Task OneGatewaysManyDaysDoNotMakeAnothersReadingsWait()
    {
        using var bench = new CuratedBench();
        Reading[] spread = [.. Enumerable.Range(1, 150).SelectMany(d => new[] { Reading(-1440 * d, d, "f1"), Heavy(d) })];
        await bench.PutFromAsync("flood", Noon, spread);
        await bench.PutFromAsync("hill", Noon.AddSeconds(1), [Reading(0, 20)]);

        var transform = bench.Transform();
        var first = await transform.PassAsync(Stop);
        Assert.True(first.More);
        Assert.Equal(20, Assert.Single(await bench.RowsAsync(Of("a1"))).Value);
        Assert.Equal(65, (await bench.ManifestsAsync()).Count);

        // Its newest days are the first; then what came since, and so on in turn.
        Assert.Equal(new DateOnly(2021, 5, 31), (await bench.ManifestsAsync()).Min(m => m.Date).AddDays(1));
        await bench.PutFromAsync("hill", Noon.AddSeconds(2), [Reading(1, 21)]);
        await transform.PassAsync(Stop);
        Assert.Equal(2, (await bench.RowsAsync(Of("a1"))).Count);

        await ToTheEndAsync(bench.Transform());
        Assert.Equal(301 + 1, (await bench.RowsAsync()).Count);
        Assert.All(await bench.ManifestsAsync(), m => Assert.Equal(m.Readings, m.Rows));
    }

    [Fact]
    public async Task ATimeThatCannotBeMakesNoPartition()
    {
        using var bench = new CuratedBench();
        Reading[] absurd =
        [
            .. Enumerable.Range(0, 150).Select(i => Reading(0, i) with { Time = Noon.AddYears(-500 + (2 * i)) }),
            .. Enumerable.Range(1, 150).Select(i => Reading((1440 * (i + 1)) + 1, i)),
        ];
        var key = await bench.PutFromAsync("flood", Noon, absurd);
        await bench.PutAsync(Noon.AddSeconds(1), Reading(0, 20), Reading(1439, 21));
        var transform = bench.Transform();
        Assert.False((await transform.PassAsync(Stop)).More);

        Assert.Equal([20d, 21], (await bench.RowsAsync()).Select(r => r.Value));
        var aside = Assert.Single(transform.State().Unreadable);
        Assert.Equal((key, "time_out_of_range"), (aside.Object, aside.Reason));
        Assert.StartsWith("300 readings", aside.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await bench.PassAsync()).Objects);
    }

    [Fact]
    public async Task AGatewaysFlaggedReadingsHoldBackItsOwnAlone()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 20));
        var bad = await bench.PutFromAsync("flood", Noon, [.. Enumerable.Range(0, 6).Select(i => Flagged(i))]);
        await bench.PassAsync();
        await bench.PutAsync(Noon.AddSeconds(1), Reading(1, 21), Reading(2, -40) with { Quality = Quality.OutOfRange });
        var worse = await bench.PutFromAsync("flood", Noon.AddSeconds(1), [Flagged(7), Flagged(8)]);
        await bench.PassAsync();

        Assert.Equal([20d, 21, -40], (await bench.RowsAsync()).Select(r => r.Value));
        var held = Assert.Single(await bench.ManifestsAsync()).Held!;
        Assert.Equal([bad, worse], held.Sources);
        Assert.StartsWith("gateway flood: 8 of 8 values", held.Detail, StringComparison.Ordinal);

        // As many good ones of its own free what was held, those of others do not.
        await bench.PutAsync(Noon.AddSeconds(2), [.. Enumerable.Range(10, 30).Select(i => Reading(i, i))]);
        await bench.PassAsync();
        Assert.Equal(2, Assert.Single(await bench.ManifestsAsync()).Held!.Sources.Count);
        await bench.PutFromAsync("flood", Noon.AddSeconds(3), [.. Enumerable.Range(20, 8).Select(i => Reading(i, i, "f1"))]);
        await bench.PassAsync();
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Null(manifest.Held);
        Assert.Equal((49, 49), (manifest.Rows, manifest.Readings));
    }

    [Fact]
    public async Task AVersionThatKnowsNoGatewaysIsGoneOnFrom()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 20));
        var bad = await bench.PutFromAsync("flood", Noon, [Flagged(1), Flagged(2)]);
        await bench.PassAsync();
        var old = Assert.Single(await bench.ManifestsAsync());
        await bench.Store.PutAsync(old.Partition.ManifestKey(old.Version), (old with { Gateways = null }).ToJson(), Stop);

        await bench.PutAsync(Noon.AddSeconds(1), Reading(3, 23));
        await bench.PassAsync();
        var next = Assert.Single(await bench.ManifestsAsync());
        Assert.Equal([20d, 23], (await bench.RowsAsync()).Select(r => r.Value));
        Assert.Equal([bad], next.Held!.Sources);
        Assert.Empty(next.Unread);
    }

    private static Reading Heavy(int day) => Reading(-1440 * day, day, "f1", Metrics.Weight);

    private static Reading Flagged(int minute) => Reading(minute, -40, "nobody") with { Quality = Quality.OutOfRange };

    private static Reading[] Many(int from, int count, string device) =>
    [
        .. Enumerable.Range(from, count).Select(i => Reading(0, 30, device) with { Time = Noon.AddMilliseconds(10 * i) }),
    ];

    private static CuratedQuery Of(string device) => new(DateOnly.MinValue, DateOnly.MaxValue, Devices: new HashSet<string> { device });

    private static async Task<int> ToTheEndAsync(Transform transform)
    {
        for (var passes = 1; ; passes++)
        {
            if (!(await transform.PassAsync(Stop)).More)
                return passes;
            Assert.InRange(passes, 1, 50);
        }
    }
}
