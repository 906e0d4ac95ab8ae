using CsCheck;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class BucketsTests
{
    private static readonly DeviceId Device = DeviceId.Parse("a1");

    /// <summary>Some days hold thousands of observations and are kept by the hour, most hold few.</summary>
    private static readonly Gen<Reading[]> Readings =
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 1800], Gen.Int[1, 60], Gen.Double[-40, 60], Gen.Bool).Array[1, 6].Select(runs =>
            runs.SelectMany(run => Enumerable.Range(0, run.Item2).Select(i => new Reading(
                Device, Metrics.HiveTemperature, Noon.AddDays(run.Item1).AddSeconds(i * run.Item3), run.Item4 + (i % 7), "Cel",
                run.Item5 ? Quality.Good : Quality.OutOfRange, Noon))).ToArray());

    [Fact]
    public void BucketsAndRangesAreThoseOfTheObservationsInWhateverOrderTheyCame() =>
        Gen.Select(Readings, Gen.Int[1, 5], Gen.Int[0, 90], Gen.Int[1, 60]).Sample(
            (readings, batches, fromHour, hours) =>
            {
                using var folder = new TempFolder();
                using var store = new LiteObservations(folder.File("hot.db"));
                var sequence = 1L;
                foreach (var part in readings.Chunk((readings.Length / batches) + 1))
                {
                    store.Store([new Batch("gw", "s", sequence, sequence++, Noon, "", [], part)]);
                    if (sequence % 2 == 0)
                        store.Flush();
                }

                var (from, to) = (Noon.AddHours(fromHour - 5), Noon.AddHours(fromHour - 5 + hours));
                var expected = readings.DistinctBy(r => r.Time).Where(r => r.Time >= from && r.Time < to).OrderBy(r => r.Time).ToArray();
                Assert.Equal(
                    expected.Select(r => (r.Time, r.Value)),
                    store.Range(Device, Metrics.HiveTemperature, from, to).Select(o => (o.Time, o.Value)));

                foreach (var width in (int[])[1, 6])
                {
                    var buckets = store.Buckets(Device, Metrics.HiveTemperature, from, to, TimeSpan.FromHours(width));
                    var naive = expected
                        .Where(r => r.Quality == Quality.Good)
                        .GroupBy(r => r.Time.ToUnixTimeSeconds() / (3600 * width))
                        .ToArray();
                    Assert.Equal(
                        naive.Select(g => (g.Key * 3600 * width, g.Count(), g.Min(r => r.Value), g.Max(r => r.Value))),
                        buckets.Select(b => (b.From.ToUnixTimeSeconds(), b.Count, b.Min, b.Max)));
                    Assert.All(naive.Zip(buckets), b => Assert.Equal(b.First.Average(r => r.Value), b.Second.Mean, 1e-9));
                }
            },
            iter: 40);

    [Fact]
    public void AnErasedDeviceIsGoneAndTheOthersStay()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        Reading[] many = [.. Enumerable.Range(0, 1000).Select(i => Reading(i * 0.5, i, "a1"))];
        store.Store([new Batch("gw", "s", 1, 1, Noon, "", [], [.. many, Reading(0, 1, "a11"), Reading(0, 2, "a1", Metrics.HiveHumidity)])]);

        Assert.Equal(1001, store.Erase(Device));
        Assert.Empty(store.Latest(Device));
        Assert.Empty(store.Range(Device, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal(1, store.Count);
        Assert.Equal(0, store.Erase(Device));

        store.Store([new Batch("gw", "s", 2, 2, Noon, "", [], [Reading(0, 5, "a1")])]);
        Assert.Equal(
            5, Assert.Single(store.Range(Device, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Value);
    }
}
