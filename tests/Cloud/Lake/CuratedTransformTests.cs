using CsCheck;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Taking;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedTransformTests
{
    private static readonly string[] AllMetrics = [Metrics.HiveTemperature, Metrics.Weight, "nobody_knows", Metrics.HiveHumidity];

    private static readonly Gen<Reading[][]> Objects = Gen.Select(
        Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[-3000, 80], Gen.Int[0, 3],
        (device, metric, minutes, value) => Reading(minutes, value, $"a{device}", AllMetrics[metric])).Array[1, 30].Array[1, 6];

    [Fact]
    public async Task WhatArrivedIsReadOnceWithItsFirstValue() => await Objects.SampleAsync(
        async objects =>
        {
            using var bench = new CuratedBench();
            var arrival = Enumerable.Range(0, objects.Length)
                .Select(i => Noon.AddMinutes(80).AddTicks((3 * i) % 7 * 10 * TimeSpan.TicksPerMillisecond))
                .ToArray();
            for (var i = 0; i < objects.Length; i++)
            {
                await bench.PutAsync(arrival[i], objects[i]);
                if (i % 2 == 0)
                    await bench.PassAsync();
            }

            await bench.PassAsync();

            var expected = Enumerable.Range(0, objects.Length).OrderBy(i => arrival[i])
                .SelectMany(i => objects[i].Select(r => (Reading: r, Arrival: arrival[i])))
                    .GroupBy(r => (r.Reading.Device, r.Reading.Metric, r.Reading.Time))
                .Select(g => g.First()).ToHashSet();
            var rows = await bench.RowsAsync();
            Assert.Equal(
                expected
                    .Select(e => (e.Reading.Device.ToString(), e.Reading.Metric, e.Reading.Time, e.Reading.Value, e.Arrival))
                    .ToHashSet(),
                rows.Select(r => (r.Device, r.Metric, r.Time, r.Value, r.Received)).ToHashSet());
            Assert.Equal(expected.Count, rows.Count);
            var manifests = await bench.ManifestsAsync();
            Assert.Equal(objects.Sum(o => o.Length), manifests.Sum(m => m.Readings));
            Assert.All(manifests, m => Assert.Equal(m.Readings, m.Rows + m.Duplicates + m.Conflicts));
        },
        iter: 60);

    [Fact]
    public async Task ADayIsHoursUntilItIsPastAndThenOneSortedFile()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(
            Noon,
            [
                .. Enumerable.Range(0, 90)
                    .SelectMany(i => new[] { Reading(i, i, "b"), Reading(i, i, "a1", Metrics.HiveHumidity), Reading(i, i, "a1") }),
            ]);

        await bench.PassAsync();
        var today = Assert.Single(await bench.ManifestsAsync());
        Assert.Equal([12, 13], today.Files.Select(f => f.Hour!.Value));

        bench.Time.Advance(TimeSpan.FromHours(12));
        await bench.PassAsync();
        var past = Assert.Single(await bench.ManifestsAsync());
        Assert.Null(Assert.Single(past.Files).Hour);
        Assert.Equal(2, past.Version);
        var rows = await bench.RowsAsync();
        Assert.Equal(270, rows.Count);
        Assert.Equal(
            rows.OrderBy(r => r.Device, StringComparer.Ordinal).ThenBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.Time), rows);
        Assert.Equal(("hive-1", "montreal", "hill", "%RH"), (rows[0].Hive, rows[0].Site, rows[0].Gateway, rows[0].Unit));
        Assert.Null(rows[^1].Hive);
    }

    [Fact]
    public async Task DaysLongPastAreLookedAtAsOftenAsIsSaid()
    {
        using var bench = new CuratedBench();
        bench.Options.AllDaysMinutes = 60;
        await bench.PutAsync(Noon, Reading(0, 1));
        var transform = bench.Transform();
        await transform.PassAsync(CuratedBench.Stop);
        await bench.PutAsync(Noon.AddDays(-5), Reading(1, 2));

        bench.Time.Advance(TimeSpan.FromMinutes(59));
        await transform.PassAsync(CuratedBench.Stop);
        Assert.Single(await bench.RowsAsync());

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await transform.PassAsync(CuratedBench.Stop);
        Assert.Equal(2, (await bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task ALateReadingRewritesItsDayAndNoOther()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(-3 * 1440, 1), Reading(-2 * 1440, 2));
        await bench.PassAsync();
        await bench.PutAsync(Noon.AddMinutes(1), Reading((-3 * 1440) + 5, 3));
        await bench.PassAsync();

        Assert.Equal([2, 1], (await bench.ManifestsAsync()).Select(m => m.Version));
        Assert.Equal([1d, 3, 2], (await bench.RowsAsync()).Select(r => r.Value));
    }

    [Fact]
    public async Task AValueThatComesAgainIsADuplicateAndAnotherAConflict()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        await bench.PassAsync();
        await bench.PutAsync(Noon.AddSeconds(1), Reading(0, 1), Reading(0, 2), Reading(0, 3));
        await bench.PassAsync();
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Equal((1, 4, 1, 2), (manifest.Rows, manifest.Readings, manifest.Duplicates, manifest.Conflicts));
    }

    [Fact]
    public async Task AnHourThatGetsNothingNewKeepsItsFile()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1), Reading(70, 2));
        await bench.PassAsync();
        var before = (await bench.ManifestsAsync())[0].Files;
        await bench.PutAsync(Noon, Reading(71, 3));
        await bench.PassAsync();
        var after = (await bench.ManifestsAsync())[0].Files;
        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[1], after[1]);
    }

    [Fact]
    public async Task APassWithNothingNewWritesNothing()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        var transform = bench.Transform();
        Assert.Equal(1, (await transform.PassAsync(CuratedBench.Stop)).Objects);
        var before = bench.Memory.Copy().Keys;
        Assert.Equal(0, (await transform.PassAsync(CuratedBench.Stop)).Objects);
        Assert.Equal(0, (await bench.PassAsync()).Objects);
        Assert.Equal(before, bench.Memory.Keys);
    }

    [Fact]
    public async Task APastDayBecomesOneFileOnceNoMoreFollows()
    {
        using var bench = new CuratedBench { Time = new(Noon.AddDays(5)) };
        string[] keys =
        [
            await bench.PutAsync(Noon, Reading(0, 1), Reading(65, 2)),
            await bench.PutAsync(Noon.AddSeconds(1), Reading(1, 3), Reading(0, 9)),
        ];
        var (publisher, partition) = (bench.Publisher(), new Partition(MetricFamily.Climate, new DateOnly(2021, 7, 1)));
        foreach (var key in keys)
        {
            using var group = new RawRowReader(bench.Raw, Apiary.From(Some.Apiary()), bench.Time);
            await group.TakeAsync(key, partition, CuratedBench.Stop);
            await publisher.PublishAsync(partition, group.Partitions[partition], more: true, CuratedBench.Stop);
        }

        Assert.Equal([12, 13], Assert.Single(await bench.ManifestsAsync()).Files.Select(f => f.Hour));
        Assert.Equal([1d, 3, 2], (await bench.RowsAsync()).Select(r => r.Value));

        // As a pass ends, or the next one after a crash.
        await bench.PassAsync();
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Null(Assert.Single(manifest.Files).Hour);
        Assert.Equal((4, 3, 1), (manifest.Readings, manifest.Rows, manifest.Conflicts));
        Assert.Equal([1d, 3, 2], (await bench.RowsAsync()).Select(r => r.Value));
    }

    [Fact]
    public async Task LostProgressIsOnlyWorkDoneAgain()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1), Reading(1, 2));
        await bench.PassAsync();
        await bench.Store.DeleteAsync(DayProgress.KeyOf(new DateOnly(2021, 7, 1)), CuratedBench.Stop);
        Assert.Equal(1, (await bench.PassAsync()).Objects);
        Assert.Equal(1, Assert.Single(await bench.ManifestsAsync()).Version);
        Assert.Equal(2, (await bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task AClockADayOffStopsNothing()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon.AddDays(1), Reading(0, 1));
        await bench.PutAsync(Noon.AddDays(-1), Reading(0, 2));
        await bench.PassAsync();
        Assert.Equal(2, Assert.Single(await bench.RowsAsync()).Value);
    }

    [Fact]
    public async Task TheSameWorksInAFolder()
    {
        using var folder = new TempFolder();
        using var bench = new CuratedBench(new FolderObjects(folder.Path));
        await bench.PutAsync(Noon, Reading(0, 1), Reading(0, 2, "b", Metrics.Weight));
        await bench.PassAsync();
        await bench.PutAsync(Noon, Reading(1, 3));
        await bench.PassAsync();
        Assert.Equal([1d, 3, 2], (await bench.RowsAsync()).Select(r => r.Value));
        Assert.NotEmpty(Directory.GetFiles(folder.File("curated/metric_family=climate/date=2021-07-01"), "hour-12.*.parquet"));
    }
}
