using CsCheck;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Observations.Lite.Gateways;
using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class LiteObservationsTests : ObservationsTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LiteObservations> _open = [];

    protected override int Histories => 30;

    public void Dispose()
    {
        _open.ForEach(s => s.Dispose());
        _folder.Dispose();
    }

    internal override Task<IObservations> OpenAsync()
    {
        _open.Add(new LiteObservations(_folder.File($"{Guid.NewGuid():N}.db")));
        return Task.FromResult<IObservations>(_open[^1]);
    }

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
        Assert.Equal(1, store.Store([good])[0].Stored);
    }

    /// <summary>
    /// Among what is stored the store writes out, is opened anew, or crashes and is given again what its file does not have. Its cache is
    /// far too small.
    /// </summary>
    [Fact]
    public void HoldsTheSameWhateverHappensInBetween() => Gen.Select(
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[1, 900], Gen.Int[0, 3]).Array[1, 25], Gen.Int[0, 3].Array[25]).Sample(
        (runs, events) =>
        {
            using var folder = new TempFolder();
            var batches = runs.Select((run, i) => new Batch(
                "gw", $"s{run.Item4}", i + 1, i + 1, Noon, "", [],
                [.. Enumerable.Range(0, run.Item3).Select(n => Reading((run.Item2 * 1440) + (n * 0.25), i, $"d{run.Item1}"))])).ToArray();
            var expected = new Dictionary<(DeviceId, DateTimeOffset), double>();
            var file = folder.File("hot.db");
            var store = new LiteObservations(file, cacheBytes: 20_000);
            for (var i = 0; i < batches.Length; i++)
            {
                var stored = batches[i].Readings.Count(r => expected.TryAdd((r.Device, r.Time), r.Value));
                Assert.Equal(stored, Assert.Single(store.Store([batches[i]], Noon.AddTicks(i))).Stored);
                if (events[i] == 1)
                {
                    store.Flush();
                }
                else if (events[i] == 2)
                {
                    store.Dispose();
                    store = new LiteObservations(file, cacheBytes: 20_000);
                }
                else if (events[i] == 3)
                {
                    File.Copy(file, folder.File($"{i}.db"));
                    store.Dispose();
                    store = new LiteObservations(file = folder.File($"{i}.db"), cacheBytes: 20_000);
                    var position = store.Position;
                    store.Store(
                        [.. batches.Take(i + 1).Where((_, n) => position is null || Noon.AddTicks(n) > position)], Noon.AddTicks(i));
                }
            }

            Assert.Equal(expected.Count, store.Count);
            foreach (var device in expected.GroupBy(e => e.Key.Item1))
                Assert.Equal(
                    device.OrderBy(e => e.Key.Item2).Select(e => (e.Key.Item2, e.Value)),
                    store.Range(device.Key, Metrics.HiveTemperature, Noon.AddDays(-1), Noon.AddDays(30)).Select(o => (o.Time, o.Value)));
            Assert.Equal(
                batches.GroupBy(b => b.Stream).Select(s => (s.Key, s.Count())).OrderBy(s => s.Key),
                store.Streams().Select(s => (s.Stream, (int)s.Applied.Count)).OrderBy(s => s.Stream));
            store.Dispose();
        },
        iter: 60, threads: 1);

    /// <summary>
    /// Each round brings more than a write-out holds, of the devices of the round before and of new ones: they change while they are being
    /// written, in a cache that keeps nothing else.
    /// </summary>
    [Fact]
    public void StoresWhileItWritesOut()
    {
        using var folder = new TempFolder();
        const int Rounds = 10;
        const int Devices = 2000;
        using (var store = new LiteObservations(folder.File("hot.db"), cacheBytes: 1000))
        {
            for (var round = 0; round < Rounds; round++)
            {
                var at = round;
                foreach (var half in (int[])[at, at + 1])
                    Assert.Equal(
                        Devices,
                        store.Store(
                        [
                            new Batch(
                                "gw", $"s{half}", at + 1, at + 1, Noon, "", [],
                                [.. Enumerable.Range(half * Devices, Devices).Select(n => Reading(at, at, $"d{n}"))]),
                        ])[0].Stored);
            }
        }

        using var again = new LiteObservations(folder.File("hot.db"));
        Assert.Equal(2 * Rounds * Devices, again.Count);
        for (var n = 0; n < (Rounds + 1) * Devices; n++)
            Assert.Equal(
                Enumerable.Range((n / Devices) - 1, 2).Where(r => r is >= 0 and < Rounds).Select(r => (double)r),
                again.Range(DeviceId.Parse($"d{n}"), Metrics.HiveTemperature, Noon, Noon.AddDays(1)).Select(o => o.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatACrashLeavesOfAWriteOutIsMadeWholeByStoringAgain(int slices)
    {
        using var folder = new TempFolder();
        const int Devices = 3000;
        var path = folder.File("hot.db");
        var readings = Enumerable.Range(0, 2 * Devices).Select(n => Reading(n / Devices, n, $"d{n % Devices}")).ToArray();
        using (var file = new DocumentFile(path))
        {
            var parts = file.Collection("parts");
            var write = new LiteWrite(
                new PartCache(parts, 1000), new SeriesIndex(file.Collection("devices")), new Contests(file.Collection("contests")));
            write.Add("gw", readings);
            var taken = write.Take(parts, _ => { });
            Assert.Equal(3, taken.Count);
            foreach (var change in taken.Take(slices).SelectMany(s => s.Changes))
                file.Change(change.Write);
        }

        for (var opened = 0; opened < 2; opened++)
        {
            using var store = new LiteObservations(path);
            var result = store.Store([new Batch("gw", "s", 1, 1, Noon, "", [], readings)])[0];
            Assert.Equal(readings.Length, result.Stored + result.Duplicates);
            Assert.Equal(opened == 1 || slices == 3 ? 0 : readings.Length - (2 * 1024 * slices), result.Stored);
            Assert.Equal(readings.Length, store.Count);
            Assert.All(
                Enumerable.Range(0, Devices),
                n => Assert.Equal(
                    [n, n + Devices],
                    store.Range(DeviceId.Parse($"d{n}"), Metrics.HiveTemperature, Noon.AddDays(-9), Noon.AddDays(9)).Select(o => o.Value)));
        }
    }

    [Theory]
    [InlineData(65536 + 512)]
    [InlineData(-1)]
    public void QualityBeyondSixteenBitsKeepsTheStoreWhole(int quality)
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));

        store.Store([new Batch("gw", "s", 1, 1, Noon, "", [], [Reading(0, 35) with { Quality = (Quality)quality }])]);

        var latest = Assert.Single(store.Latest(DeviceId.Parse("a1"))).Latest;
        Assert.Equal((Quality)(quality & 0xffff), latest.Quality);
        Assert.Equal(latest, Assert.Single(store.Range(DeviceId.Parse("a1"), Metrics.HiveTemperature, Noon.AddDays(-1), Noon.AddDays(1))));
    }
}
