using CsCheck;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class LiteObservationsTests : ObservationsTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LiteObservations> _open = [];

    private static readonly Gen<Reading> Readings = Gen.Select(
        Among("a1", "A1", "b-2"), Among(Metrics.HiveTemperature, Metrics.HiveHumidity, "own_metric"),
        Gen.Long[-3 * 86_400_000L, 3 * 86_400_000L].Select(ms => ms / 3_600_000 * 3_600_000), Gen.Int[0, 3], Among(Quality.Good, Quality.Synthetic | Quality.OutOfRange),
        (device, metric, ms, value, quality) => new Reading(DeviceId.Parse(device), metric, Noon.AddMilliseconds(ms), value, "", quality, Noon));

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    protected override int Histories => 30;

    public void Dispose()
    {
        _open.ForEach(s => s.Dispose());
        _folder.Dispose();
    }

    internal override Task<IObservations> Open()
    {
        _open.Add(new LiteObservations(_folder.File($"{Guid.NewGuid():N}.db")));
        return Task.FromResult<IObservations>(_open[^1]);
    }

    [Fact]
    public void TheChangedHoursHoldAllThatIsNew() => Readings.Array[0, 40].Array[1, 6].Sample(
        batches =>
        {
            using var folder = new TempFolder();
            using var store = new LiteObservations(folder.File("hot.db"));
            var expected = new Dictionary<(DeviceId, string, DateTimeOffset), (double, Quality)>();
            long first = 1;
            foreach (var readings in batches)
            {
                int stored = 0, duplicates = 0, conflicts = 0;
                foreach (var r in readings)
                {
                    if (expected.TryAdd((r.Device, r.Metric, r.Time), (r.Value, r.Quality)))
                        stored++;
                    else if (expected[(r.Device, r.Metric, r.Time)].Item1 == r.Value)
                        duplicates++;
                    else
                        conflicts++;
                }

                var result = store.Store(new Batch("gw", "s", first, first, Noon, "", [], readings));
                Assert.Equal(new StoreResult(stored, duplicates, conflicts), result);
                first++;
            }

            Assert.Equal(expected.Count, store.Count);
            Assert.Equal(first - 1, store.Applied("gw", "s").Contiguous);
            foreach (var series in expected.GroupBy(e => (e.Key.Item1, e.Key.Item2)))
            {
                var sorted = series.OrderBy(e => e.Key.Item3).Select(e => new Observation(e.Key.Item3, e.Value.Item1, e.Value.Item2)).ToArray();
                Assert.Equal(sorted, store.Range(series.Key.Item1, series.Key.Item2, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
                Assert.Equal(sorted[^1], store.Latest(series.Key.Item1).Single(s => s.Metric == series.Key.Item2).Latest);
                Assert.Equal(
                    sorted.Where(o => o.Time >= Noon.AddHours(-30) && o.Time < Noon.AddHours(7)).Take(5),
                    store.Range(series.Key.Item1, series.Key.Item2, Noon.AddHours(-30), Noon.AddHours(7), 5));
            }
        },
        iter: 40);

    [Fact]
    public void AllBatchesOfAGroupAreStoredOrNone()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        var good = new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(0, 1)]);
        var impossible = new Batch("gw", "s", 3, 2, Noon, "", [], [Reading(1, 1)]);

        Assert.ThrowsAny<Exception>(() => store.Store([good, impossible]));

        Assert.Equal(0, store.Count);
        Assert.Empty(store.Streams());
        Assert.Equal(1, store.Store(good).Stored);
    }

    [Theory]
    [InlineData(65536 + 512)]
    [InlineData(-1)]
    public void QualityBeyondSixteenBitsKeepsTheStoreWhole(int quality)
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));

        store.Store(new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(0, 35) with { Quality = (Quality)quality }]));

        store.Verify();
        Assert.Equal((Quality)(quality & 0xffff), Assert.Single(store.Latest(DeviceId.Parse("a1"))).Latest.Quality);
    }
}
