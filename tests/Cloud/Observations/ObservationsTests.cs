using CsCheck;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

/// <summary>Contract that every hot store keeps to.</summary>
public abstract class ObservationsTests
{
    private static readonly DeviceId A1 = DeviceId.Parse("a1");

    private static readonly Gen<Reading> Readings = Gen.Select(
        Among("a1", "A1", "b-2"), Among(Metrics.HiveTemperature, Metrics.HiveHumidity, "own_metric"),
        Gen.Long[-40 * 86_400_000L, 3 * 86_400_000L].Select(ms => ms / 1_800_000 * 1_800_000), Gen.Int[0, 3],
        Among(Quality.Good, Quality.Synthetic, Quality.Synthetic | Quality.OutOfRange),
        (device, metric, ms, value, quality) => new Reading(
            DeviceId.Parse(device), metric, Noon.AddMilliseconds(ms), value, "", quality, Noon));

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Number of random histories tried.</summary>
    protected abstract int Histories { get; }

    [Fact]
    public Task HoldsWhatADictionaryWouldHold() => Readings.Array[0, 40].Array[1, 6].SampleAsync(
        async batches =>
        {
            var store = await OpenAsync();
            var expected = new Dictionary<(DeviceId, string, DateTimeOffset), (double Value, Quality Quality)>();
            var results = new List<StoreResult>();
            foreach (var readings in batches)
            {
                int stored = 0, duplicates = 0, conflicts = 0;
                foreach (var r in readings)
                {
                    if (expected.TryAdd((r.Device, r.Metric, r.Time), (r.Value, r.Quality)))
                        stored++;
                    else if (expected[(r.Device, r.Metric, r.Time)].Value == r.Value)
                        duplicates++;
                    else
                        conflicts++;
                }

                results.Add(new StoreResult(stored, duplicates, conflicts));
            }

            // Half of them one by one, the rest as one group.
            var all = batches.Select((readings, i) => new Batch("gw", "s", i + 1, i + 1, Noon, "", [], readings)).ToArray();
            var half = all.Length / 2;
            for (var i = 0; i < half; i++)
                Assert.Equal(results[i], Assert.Single(await store.StoreAsync([all[i]], null, Stop)));
            Assert.Equal(results.Skip(half), await store.StoreAsync(all[half..], null, Stop));

            Assert.Equal(all.Length, (await store.AppliedAsync("gw", "s", Stop)).Contiguous);
            Assert.Equal(
                expected
                    .Select(e => (e.Key.Item1, e.Key.Item2))
                    .Distinct()
                    .OrderBy(s => s.Item1)
                    .ThenBy(s => s.Item2, StringComparer.Ordinal), (await AllSeriesAsync(store)).Select(s => (s.Device, s.Metric)));
            foreach (var series in expected.GroupBy(e => (e.Key.Item1, e.Key.Item2)))
            {
                var (device, metric) = series.Key;
                var sorted = series
                    .OrderBy(e => e.Key.Item3)
                    .Select(e => new Observation(e.Key.Item3, e.Value.Value, e.Value.Quality))
                    .ToArray();
                Assert.Equal(
                    sorted, await store.RangeAsync(device, metric, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue, Stop));
                var latest = (await store.LatestAsync(device, Stop)).Single(s => s.Metric == metric);
                Assert.Equal((sorted[^1], sorted.LongLength), (latest.Latest, latest.Count));

                // From a time between whole milliseconds, page by page.
                var (from, to) = (Noon.AddHours(-30).AddTicks(1), Noon.AddHours(7));
                var pages = new List<Observation>();
                for (var next = from; pages.Count % 2 == 0; next = pages[^1].Time.AddTicks(1))
                {
                    var page = await store.RangeAsync(device, metric, next, to, 2, Stop);
                    pages.AddRange(page);
                    if (page.Count < 2)
                        break;
                }

                Assert.Equal(sorted.Where(o => o.Time >= from && o.Time < to), pages);
                Assert.Equal(
                    Buckets(sorted, Noon.AddHours(-30), Noon.AddHours(7), 3),
                    Rounded(await store.BucketsAsync(device, metric, Noon.AddHours(-30), Noon.AddHours(7), TimeSpan.FromHours(3), Stop)));
                Assert.Equal(
                    Buckets(sorted, Noon.AddDays(-60), Noon.AddDays(60), 1),
                    Rounded(await store.BucketsAsync(device, metric, Noon.AddDays(-60), Noon.AddDays(60), TimeSpan.FromHours(1), Stop)));
            }
        },
        iter: Histories, threads: 1);

    [Fact]
    public async Task StoringAgainChangesNothing()
    {
        var store = await OpenAsync();
        Batch[] batches = [Given(1, Reading(0, 1), Reading(1, 2)), Given(2, Reading(70, 3), Reading(-2_000_000, 4))];
        await store.StoreAsync(batches, null, Stop);
        var before = await SeenAsync(store);

        Assert.Equal([new StoreResult(0, 2, 0), new StoreResult(0, 2, 0)], await store.StoreAsync(batches, null, Stop));
        Assert.Equal(new StoreResult(0, 0, 1), Assert.Single(await store.StoreAsync([Given(3, Reading(0, 9))], null, Stop)));

        Assert.Equal(before, await SeenAsync(store));
    }

    [Fact]
    public async Task AnHourThatIsLateChangesItsBuckets()
    {
        var store = await OpenAsync();
        await store.StoreAsync([Given(1, Reading(0, 1), Reading(60, 2), Reading(120, 3))], null, Stop);
        await store.StoreAsync([Given(2, Reading(30, 5))], null, Stop);
        await store.StoreAsync([Given(3, Reading(150, 7))], null, Stop);

        var buckets = await store.BucketsAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddDays(1), TimeSpan.FromHours(1), Stop);

        Assert.Equal(
            [new Bucket(Noon, 2, 1, 3, 5), new Bucket(Noon.AddHours(1), 1, 2, 2, 2), new Bucket(Noon.AddHours(2), 2, 3, 5, 7)], buckets);
        var day = Assert.Single(await store.BucketsAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddHours(2), TimeSpan.FromDays(1), Stop));
        Assert.Equal((Noon.AddHours(-12), 3, 1, 5), (day.From, day.Count, day.Min, day.Max));
        Assert.Equal(8.0 / 3, day.Mean, 9);
    }

    [Fact]
    public async Task AppliedSequencesAndLossesAreKeptByStream()
    {
        var store = await OpenAsync();
        var gap = new Gap(3, 4, 10, "disk_full");
        await store.StoreAsync([Given(5), Given(1), new Batch("gw", "t", 9, 12, Noon, "", [gap], [])], null, Stop);
        await store.StoreAsync(
            [new Batch("gw-2", "s", 1, 2, Noon, "", [], []), new Batch("gw", "t", 9, 12, Noon, "", [gap], [])], null, Stop);
        await store.StoreAsync([Given(2)], null, Stop);

        Assert.Equal([new SequenceRange(1, 2), new SequenceRange(5, 5)], (await store.AppliedAsync("gw", "s", Stop)).Ranges);
        Assert.Empty((await store.AppliedAsync("gw", "never", Stop)).Ranges);
        var streams = await store.StreamsAsync(Stop);
        Assert.Equal(["gw-2/s", "gw/s", "gw/t"], streams.Select(s => $"{s.Gateway}/{s.Stream}").Order(StringComparer.Ordinal));
        Assert.Equal(("gw", "s"), (streams[^1].Gateway, streams[^1].Stream));
        Assert.Equal([gap], await store.GapsAsync("gw", Stop));
        Assert.Empty(await store.GapsAsync("gw-2", Stop));
    }

    [Fact]
    public async Task AReadingInAnotherUnitDoesNotRenameTheSeries()
    {
        var store = await OpenAsync();

        await store.StoreAsync([Given(1, Reading(0, 35) with { Unit = "K", Quality = Quality.UnexpectedUnit })], null, Stop);

        Assert.Equal("Cel", Assert.Single(await store.LatestAsync(A1, Stop)).Unit);
        Assert.Empty(await store.BucketsAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddHours(1), TimeSpan.FromHours(1), Stop));
    }

    [Theory]
    [InlineData(65536 + 512)]
    [InlineData(-1)]
    public async Task QualityHasSixteenBits(int quality)
    {
        var store = await OpenAsync();

        await store.StoreAsync([Given(1, Reading(0, 35) with { Quality = (Quality)quality })], null, Stop);

        Assert.Equal((Quality)(quality & 0xffff), Assert.Single(await store.LatestAsync(A1, Stop)).Latest.Quality);
        Assert.Equal(
            (Quality)(quality & 0xffff),
            Assert.Single(await store.RangeAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddHours(1), 9, Stop)).Quality);
    }

    [Fact]
    public async Task ExtremeTimesCostNoMoreThanOthers()
    {
        var store = await OpenAsync();
        var (early, late) = (new DateTimeOffset(100, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9900, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await store.StoreAsync(
            [Given(1, Reading(0, 1) with { Time = late }, Reading(0, 2) with { Time = early }, Reading(0, 3))], null, Stop);

        var found = await store.RangeAsync(
            A1, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue, Stop);

        Assert.Equal([early, Noon, late], found.Select(o => o.Time));
        Assert.Equal(
            3, (await store.BucketsAsync(
                A1, Metrics.HiveTemperature, early.AddYears(-50), late.AddYears(50), TimeSpan.FromHours(1), Stop)).Count);
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(-double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(0.1)]
    [InlineData(1e126)]
    [InlineData(-0.0)]
    [InlineData(123456789.12345679)]
    public async Task EachValueComesBackAsItIs(double value)
    {
        var store = await OpenAsync();
        await store.StoreAsync([Given(1, Reading(0, value, metric: "own_metric"))], null, Stop);

        Assert.Equal(value, Assert.Single(await store.RangeAsync(A1, "own_metric", Noon, Noon.AddHours(1), 9, Stop)).Value);
        Assert.Equal(
            new StoreResult(0, 1, 0),
            Assert.Single(await store.StoreAsync([Given(2, Reading(0, value, metric: "own_metric"))], null, Stop)));
    }

    [Fact]
    public async Task MoreMetricsThanOneUpdateTakesAreStored()
    {
        var store = await OpenAsync();
        var readings = Enumerable.Range(0, 250).Select(i => Reading(0, i, metric: $"metric_number_{i}")).ToArray();

        Assert.Equal(new StoreResult(250, 0, 0), Assert.Single(await store.StoreAsync([Given(1, readings)], null, Stop)));

        Assert.Equal(250, (await store.LatestAsync(A1, Stop)).Count);
        Assert.Equal(249, Assert.Single(await store.RangeAsync(A1, "metric_number_249", Noon, Noon.AddHours(1), 9, Stop)).Value);
    }

    [Fact]
    public async Task AnErasedDeviceIsGoneAndTheOthersAreNot()
    {
        var store = await OpenAsync();
        await store.StoreAsync(
            [Given(1, Reading(0, 1), Reading(-100_000, 2), Reading(0, 60, metric: Metrics.HiveHumidity), Reading(0, 3, device: "b2"))],
            null, Stop);

        Assert.Equal(3, await store.EraseAsync(A1, delete: false, Stop));
        Assert.Equal(3, (await store.LatestAsync(A1, Stop)).Sum(s => s.Count));
        Assert.Equal(3, await store.EraseAsync(A1, delete: true, Stop));

        Assert.Equal(["b2"], (await store.DevicesAsync(null, 9, Stop)).Select(d => d.ToString()));
        Assert.Empty(await store.RangeAsync(A1, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 9, Stop));
        Assert.Empty(
            await store.BucketsAsync(A1, Metrics.HiveTemperature, Noon.AddYears(-1), Noon.AddYears(1), TimeSpan.FromHours(1), Stop));
        Assert.Equal(0, await store.EraseAsync(A1, delete: false, Stop));
        Assert.Equal(new StoreResult(1, 0, 0), Assert.Single(await store.StoreAsync([Given(2, Reading(0, 1))], null, Stop)));
        Assert.Single(await store.RangeAsync(A1, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 9, Stop));
    }

    [Fact]
    public async Task DevicesAreListedInPages()
    {
        var store = await OpenAsync();
        Assert.Empty(await store.DevicesAsync(null, 9, Stop));
        string[] names = ["A", "a", "a-b", "a1", "b", "b:1"];
        await store.StoreAsync([Given(1, [.. names.Reverse().Select(n => Reading(0, 1, n))])], null, Stop);
        await store.StoreAsync([Given(2, Reading(1, 1, "a1"))], null, Stop);

        var (found, after) = (new List<string>(), (DeviceId?)null);
        while (await store.DevicesAsync(after, 2, Stop) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            found.AddRange(page.Select(d => d.ToString()));
            after = page[^1];
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), found);
        Assert.Equal(["b", "b:1"], (await store.DevicesAsync(DeviceId.Parse("az"), 9, Stop)).Select(d => d.ToString()));
    }

    internal abstract Task<IObservations> OpenAsync();

    internal static async Task<List<Series>> AllSeriesAsync(IObservations store)
    {
        var all = new List<Series>();
        foreach (var device in await store.DevicesAsync(null, 9_999, Stop))
            all.AddRange(await store.LatestAsync(device, Stop));
        return all;
    }

    internal static Batch Given(long sequence, params Reading[] readings) => new("gw", "s", sequence, sequence, Noon, "", [], readings);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static IEnumerable<Bucket> Rounded(IEnumerable<Bucket> buckets) => buckets.Select(b => b with { Mean = Math.Round(b.Mean, 9) });

    private static IEnumerable<Bucket> Buckets(Observation[] sorted, DateTimeOffset from, DateTimeOffset to, int hours) => Rounded(sorted
        .Where(o => o.Time >= from && o.Time < to && (o.Quality & Observation.Unusable) == Quality.Good)
        .GroupBy(o => o.Time.ToUnixTimeSeconds() / 3600 / hours)
        .Select(g => new Bucket(
            DateTimeOffset.FromUnixTimeSeconds(g.Key * 3600 * hours), g.Count(), g.Min(o => o.Value), g.Average(o => o.Value),
            g.Max(o => o.Value))));

    private static async Task<string> SeenAsync(IObservations store)
    {
        var all = await AllSeriesAsync(store);
        var range = await store.RangeAsync(A1, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 99, Stop);
        var buckets = await store.BucketsAsync(
            A1, Metrics.HiveTemperature, Noon.AddYears(-9), Noon.AddYears(9), TimeSpan.FromHours(1), Stop);
        return $"{string.Join(';', all)} {string.Join(';', range)} {string.Join(';', buckets)}";
    }
}
