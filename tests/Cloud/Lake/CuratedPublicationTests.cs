using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Objects;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedPublicationTests
{
    private static CancellationToken Stop => CuratedBench.Stop;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task APassThatDiesAtAnyCallIsMadeGoodByTheNext(bool afterItsWork)
    {
        using var undisturbed = new CuratedBench();
        await FillAsync(undisturbed);
        var filled = undisturbed.Memory.Copy();
        undisturbed.Options.SymlinkRoot = "s3://b/";
        var begun = undisturbed.Memory.Calls;
        await undisturbed.PassAsync();
        var calls = undisturbed.Memory.Calls - begun;
        var expected = await ShownAsync(undisturbed);
        Assert.True(calls > 20);

        for (var at = 1; at <= calls; at++)
        {
            var store = filled.Copy();
            using var bench = new CuratedBench(store);
            bench.Options.SymlinkRoot = "s3://b/";
            (store.FailAt, store.FailAfter) = (at, afterItsWork);
            await Assert.ThrowsAsync<IOException>(bench.PassAsync);

            // What a reader sees in between is whole partitions, older or newer.
            Assert.Subset(expected.Rows, (await bench.RowsAsync()).ToHashSet());
            await bench.PassAsync();
            var found = await ShownAsync(bench);
            Assert.Equal(expected.Manifests, found.Manifests);
            Assert.Equal(expected.Rows, found.Rows);

            bench.Time.Advance(TimeSpan.FromHours(1));
            await new Sweep(store, bench.Publisher(), bench.Time).RunAsync(bench.Options.Grace, Stop);
            Assert.Equal(
                (await bench.ManifestsAsync()).SelectMany(m => m.Files).Select(f => f.Key).Order(StringComparer.Ordinal),
                store.Keys.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)));
            Assert.Equal(expected.Rows, (await bench.RowsAsync()).ToHashSet());
            await TheListsAreTheManifestsAsync(bench);
        }
    }

    [Fact]
    public async Task OfTwoTransformsAtOnceOneWinsAndNothingIsLostOrDoubled()
    {
        using var bench = new CuratedBench();
        await FillAsync(bench);
        var expected = bench.Memory.Copy();

        // Both have written their files before either may write a manifest.
        var arrived = 0;
        var both = new TaskCompletionSource();
        bench.Memory.BeforePut = async key =>
        {
            if (!key.EndsWith("000001.json", StringComparison.Ordinal) || both.Task.IsCompleted)
                return;
            if (Interlocked.Increment(ref arrived) == 2)
                both.SetResult();
            await both.Task;
        };
        await Task.WhenAll(Task.Run(bench.PassAsync, Stop), Task.Run(bench.PassAsync, Stop)).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        using var alone = new CuratedBench(expected);
        await alone.PassAsync();
        Assert.Equal(await ShownAsync(alone), await ShownAsync(bench), ShownEqual);
    }

    [Fact]
    public async Task TwoTransformsWithDifferentObjectsKeepBoth()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        var publisher = bench.Publisher();
        var other = false;
        bench.Memory.BeforePut = async key =>
        {
            if (other || !key.EndsWith("000001.json", StringComparison.Ordinal))
                return;

            // While the first is about to publish, a second object comes and another process publishes both.
            other = true;
            await bench.PutAsync(Noon.AddSeconds(1), Reading(1, 2));
            await bench.PassAsync();
        };
        await bench.PassAsync();
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Equal(2, manifest.Sources.Count);
        Assert.Equal([1d, 2], (await bench.RowsAsync()).Select(r => r.Value));
    }

    [Fact]
    public async Task AnOlderVersionsFilesStayForTheGrace()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        await bench.PassAsync();
        var old = Assert.Single(await bench.ManifestsAsync());
        await bench.PutAsync(Noon, Reading(1, 2));
        await bench.PassAsync();
        var sweep = new Sweep(bench.Store, bench.Publisher(), bench.Time);

        bench.Time.Advance(bench.Options.Grace - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await sweep.RunAsync(bench.Options.Grace, Stop));
        Assert.NotNull(await bench.Store.GetAsync(old.Files[0].Key, Stop));

        bench.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, await sweep.RunAsync(bench.Options.Grace, Stop));
        Assert.Null(await bench.Store.GetAsync(old.Files[0].Key, Stop));
        Assert.Equal(2, (await bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task AFileWithoutAManifestIsNotReadAndGoes()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        await bench.PassAsync();
        var file = (await bench.ManifestsAsync())[0].Files[0];
        var orphan = new Partition(MetricFamily.Climate, new DateOnly(2021, 7, 1)).NewDataKey(null, bench.Time.GetUtcNow());
        await bench.Store.PutNewAsync(orphan, await bench.Store.GetAsync(file.Key, Stop), Stop);
        var sweep = new Sweep(bench.Store, bench.Publisher(), bench.Time);

        Assert.Single(await bench.RowsAsync());
        await sweep.RunAsync(bench.Options.Grace, Stop);
        Assert.NotNull(await bench.Store.GetAsync(orphan, Stop));
        bench.Time.Advance(bench.Options.Grace + TimeSpan.FromSeconds(1));
        await sweep.RunAsync(bench.Options.Grace, Stop);
        Assert.Null(await bench.Store.GetAsync(orphan, Stop));
        Assert.Single(await bench.RowsAsync());
    }

    [Fact]
    public async Task APutWhoseAnswerWasLostIsNoFailure()
    {
        var memory = new MemoryObjects();
        using var bench = new CuratedBench(new LostAnswers(memory));
        await FillAsync(bench);
        using var expected = new CuratedBench(memory.Copy());
        await bench.PassAsync();
        await expected.PassAsync();
        Assert.Equal(await ShownAsync(expected), await ShownAsync(bench), ShownEqual);
    }

    [Fact]
    public async Task APublicationThatTakesTooLongIsToldAndNotTriedForEver()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        bench.Memory.BeforePut = key =>
        {
            if (key.EndsWith(".parquet", StringComparison.Ordinal))
                bench.Time.Advance(bench.Options.Grace / 2);
            return Task.CompletedTask;
        };
        var pass = Task.Run(bench.PassAsync, Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Contains("Curated:GraceMinutes", (await Assert.ThrowsAsync<IOException>(() => pass)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Memory.Keys, k => k.EndsWith(".parquet", StringComparison.Ordinal));

        bench.Memory.BeforePut = null;
        await bench.PassAsync();
        Assert.Single(await bench.RowsAsync());
    }

    [Fact]
    public async Task APartitionWithoutManifestsIsNamedAndOthersGoOn()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1), Reading(0, 50, "a1", Metrics.Weight));
        await bench.PassAsync();
        var climate = (await bench.ManifestsAsync()).Single(m => m.Family == MetricFamily.Climate);
        await bench.Store.DeleteAsync(climate.Partition.ManifestKey(1), Stop);

        // Not yet: as young as it is, it may be about to be published.
        var transform = bench.Transform();
        await transform.PassAsync(Stop);
        Assert.Empty(transform.State().Unreadable);

        bench.Time.Advance(bench.Options.Grace + TimeSpan.FromMinutes(1));
        await bench.PutAsync(Noon.AddSeconds(1), Reading(1, 51, "a1", Metrics.Weight));
        await transform.PassAsync(Stop);
        await new Sweep(bench.Store, bench.Publisher(), bench.Time).RunAsync(bench.Options.Grace, Stop);
        var named = Assert.Single(transform.State().Unreadable);
        Assert.Equal((climate.Partition.ManifestFolder, "missing_manifest"), (named.Object, named.Reason));
        Assert.Equal([50d, 51], (await bench.RowsAsync()).Select(r => r.Value));

        // Restored, it is there again: nothing of it was deleted.
        await bench.Store.PutNewAsync(climate.Partition.ManifestKey(1), climate.ToJson(), Stop);
        bench.Time.Advance(TimeSpan.FromMinutes(16));
        await transform.PassAsync(Stop);
        Assert.Empty(transform.State().Unreadable);
        Assert.Equal([1d, 50, 51], (await bench.RowsAsync()).Select(r => r.Value));
    }

    [Fact]
    public async Task ASweepWhoseClockIsADayAheadCostsWorkAndNoReading()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        await bench.PassAsync();
        var ahead = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(bench.Time.GetUtcNow().AddDays(1));
        var swept = 0;
        bench.Memory.BeforePut = async key =>
        {
            // Between a data file and the manifest that will name it.
            if (key.EndsWith("000002.json", StringComparison.Ordinal))
                swept += await new Sweep(bench.Store, bench.Publisher(), ahead).RunAsync(bench.Options.Grace, Stop);
        };
        await bench.PutAsync(Noon.AddSeconds(1), Reading(1, 2));
        await bench.PassAsync();
        Assert.NotEqual(0, swept);
        bench.Memory.BeforePut = null;

        // Never a part of it: what is missing is an error, and is made again with the next reading.
        await Assert.ThrowsAsync<InvalidDataException>(() => bench.RowsAsync());
        await bench.PutAsync(Noon.AddSeconds(2), Reading(2, 3));
        await bench.PassAsync();
        Assert.Equal([1d, 2, 3], (await bench.RowsAsync()).Select(r => r.Value));
    }

    private static async Task FillAsync(CuratedBench bench)
    {
        await bench.PutAsync(Noon, [.. Enumerable.Range(0, 40).Select(i => Reading(i * 3, i)), Reading(0, 7, "b", Metrics.Weight)]);
        await bench.PutAsync(Noon.AddDays(-1).AddSeconds(1), Reading(0, 99), Reading(3, 1), Reading(-1440, 5));
    }

    private static async Task<(HashSet<string> Manifests, HashSet<CuratedReading> Rows)> ShownAsync(CuratedBench bench) => (
        [
            .. (await bench.ManifestsAsync()).Select(
                m => $"{m.Partition} {m.Rows} {m.Readings} {m.Duplicates + m.Conflicts} {string.Join(',', m.Sources)} {m.Held}"),
        ],
        [.. await bench.RowsAsync()]);

    private static bool ShownEqual(
        (HashSet<string> Manifests, HashSet<CuratedReading> Rows) a, (HashSet<string> Manifests, HashSet<CuratedReading> Rows) b) =>
        a.Manifests.SetEquals(b.Manifests) && a.Rows.SetEquals(b.Rows);

    private static async Task TheListsAreTheManifestsAsync(CuratedBench bench)
    {
        foreach (var manifest in await bench.ManifestsAsync())
        {
            var list = System.Text.Encoding.UTF8.GetString((await bench.Store.GetAsync(manifest.Partition.Symlink, Stop))!);
            Assert.Equal(string.Concat(manifest.Files.Select(f => $"s3://b/{f.Key}\n")), list);
        }
    }

    /// <summary>A store whose answer to each new object is lost: asked again, it says that there is one.</summary>
    private sealed class LostAnswers(MemoryObjects memory) : IObjectStore
    {
        public async Task<bool> PutNewAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            await memory.PutNewAsync(key, bytes, cancellation);
            return await memory.PutNewAsync(key, bytes, cancellation);
        }

        public Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
            memory.PutAsync(key, bytes, cancellation);

        public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => memory.GetAsync(key, cancellation);

        public IAsyncEnumerable<LakeObject> ListAsync(string prefix, CancellationToken cancellation) =>
            memory.ListAsync(prefix, cancellation);

        public Task<bool> KeepsVersionsAsync(CancellationToken cancellation) => Task.FromResult(false);

        public Task DeleteAsync(string key, CancellationToken cancellation) => memory.DeleteAsync(key, cancellation);
    }
}
