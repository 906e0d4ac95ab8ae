using IotGateway.Cloud.Data;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Scrub;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake.Damage;

[Collection(Alone.Name)]
public sealed class LakeScrubTests
{
    private static CancellationToken Stop => CuratedBench.Stop;

    [Theory]
    [InlineData("deleted")]
    [InlineData("emptied")]
    [InlineData("cut")]
    [InlineData("flipped")]
    public async Task ARawObjectThatIsNotAsNotedComesBackFromTheTables(string harm)
    {
        using var bench = new CuratedBench();
        var other = await bench.PutAsync(Noon, Reading(0, 1));
        var key = await bench.PutFromAsync(
            "hill", Noon.AddSeconds(1), [Reading(1, 2), Reading(2, 3, "b", Metrics.Weight)],
            [Reading(3, 4) with { Quality = Quality.Synthetic }]);
        await bench.PassAsync();
        var scrub = new RawScrub(bench.Store, bench.Ledger, bench.Faults);
        await scrub.AllAsync(Stop);
        Assert.Empty(bench.Faults.All);
        var before = await ReadingsAsync(bench);

        var bytes = (await bench.Store.GetAsync(key, Stop))!;
        if (harm == "deleted")
            await bench.Store.DeleteAsync(key, Stop);
        else
            await bench.Store.PutAsync(key, Harmed(bytes, harm), Stop);
        await scrub.AllAsync(Stop);

        Assert.Equal(before, await ReadingsAsync(bench));
        var fault = Assert.Single(bench.Faults.All);
        Assert.Equal((key, "3 readings were put back from the curated lake"), (fault.Place, fault.Mended));
        await scrub.AllAsync(Stop);
        Assert.Single(bench.Faults.All);
        await bench.Store.DeleteAsync(DayProgress.KeyOf(new DateOnly(2021, 7, 1)), Stop);
        await bench.PassAsync();
        Assert.Equal(4, (await bench.RowsAsync()).Count);
        Assert.NotNull(await bench.Store.GetAsync(other, Stop));
    }

    [Fact]
    public async Task ARawObjectThatNothingElseHasIsNamedAndStaysNamed()
    {
        using var bench = new CuratedBench();
        var key = await bench.PutAsync(Noon, Reading(0, 1));
        var scrub = new RawScrub(bench.Store, bench.Ledger, bench.Faults);
        await scrub.AllAsync(Stop);
        await bench.Store.DeleteAsync(key, Stop);
        await scrub.MissingAsync(new DateOnly(2021, 7, 1), mend: true, Stop);
        Assert.Contains(bench.Faults.All, f => f.Place == key && f.Mended is null);
        Assert.All(bench.Faults.All, f => Assert.Null(f.Mended));
    }

    [Fact]
    public async Task AtStartADaysLossIsOnlyNamedAndMendedBehindThat()
    {
        using var bench = new CuratedBench();
        string[] keys = [.. await Task.WhenAll(Enumerable.Range(0, 9).Select(i => bench.PutAsync(Noon.AddSeconds(i), Reading(i, i))))];
        await bench.PassAsync();
        var scrub = new RawScrub(bench.Store, bench.Ledger, bench.Faults);
        await scrub.AllAsync(Stop);
        foreach (var key in keys)
            await bench.Store.DeleteAsync(key, Stop);

        await scrub.MissingAsync(DateOnly.MinValue, mend: false, Stop);
        Assert.Empty(await ReadingsAsync(bench));
        var told = Assert.Single(bench.Faults.All);
        Assert.Equal(("raw/received=2021-07-01/", null), (told.Place, told.Mended));
        Assert.StartsWith("9 objects", told.Detail, StringComparison.Ordinal);

        await scrub.MissingAsync(DateOnly.MinValue, mend: true, Stop);
        Assert.Equal(9, (await ReadingsAsync(bench)).Count);
        Assert.Equal(10, bench.Faults.All.Count);
        Assert.All(bench.Faults.All, f => Assert.NotNull(f.Mended));
    }

    [Fact]
    public async Task MoreReadingsThanAreHeldAtOnceAllComeBack()
    {
        using var bench = new CuratedBench();
        var key = await bench.PutFromAsync(
            "hill", Noon, [.. Enumerable.Range(0, 128).Select(b => Enumerable.Range(2000 * b, 2000)
                .Select(i => Reading(0, i % 30) with { Time = Noon.AddMilliseconds(i - 256_000) }).ToArray())]);
        var transform = bench.Transform();
        while ((await transform.PassAsync(Stop)).More)
            Stop.ThrowIfCancellationRequested();
        var scrub = new RawScrub(bench.Store, bench.Ledger, bench.Faults);
        await scrub.AllAsync(Stop);
        await bench.Store.DeleteAsync(key, Stop);
        await scrub.AllAsync(Stop);
        Assert.Contains(bench.Faults.All, f => f.Mended == "256000 readings were put back from the curated lake");
        Assert.Equal(256_000, (await ReadingsAsync(bench)).Count);
    }

    [Fact]
    public async Task InABucketNothingIsAdoptedOrPutBack()
    {
        using var bench = new CuratedBench();
        var (gone, damaged) = (await bench.PutAsync(Noon, Reading(0, 1)), await bench.PutAsync(Noon.AddSeconds(1), Reading(1, 2)));
        await bench.PassAsync();
        var scrub = new RawScrub(bench.Store, bench.Ledger, bench.Faults, mends: false);
        await scrub.AllAsync(Stop);
        Assert.Empty(bench.Ledger.Days());

        bench.Ledger.Add([RawNote.Of(gone, (await bench.Store.GetAsync(gone, Stop))!)]);
        await bench.Store.DeleteAsync(gone, Stop);
        await bench.Store.PutAsync(damaged, Harmed((await bench.Store.GetAsync(damaged, Stop))!, "flipped"), Stop);
        var puts = 0;
        bench.Memory.BeforePut = _ => Task.FromResult(puts++);
        await scrub.AllAsync(Stop);
        Assert.Equal(0, puts);
        Assert.Contains(bench.Faults.All, f => f.Detail.Contains(gone, StringComparison.Ordinal) && f.Mended is not null);
        Assert.Contains(bench.Faults.All, f => f.Place == damaged && f.Mended is null);
    }

    [Fact]
    public async Task AnObjectThatCannotBePutBackIsNamedAndStopsNoOther()
    {
        using var bench = new CuratedBench();
        string[] keys = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(i => bench.PutAsync(Noon.AddSeconds(i), Reading(i, i))))];
        await bench.PassAsync();
        var scrub = new RawScrub(bench.Store, bench.Ledger, bench.Faults);
        await scrub.AllAsync(Stop);
        foreach (var key in keys)
            await bench.Store.PutAsync(key, Harmed((await bench.Store.GetAsync(key, Stop))!, "flipped"), Stop);

        var first = keys.Order(StringComparer.Ordinal).First();
        bench.Memory.BeforePut = key => key == first ? throw new IOException("access denied") : Task.CompletedTask;
        Assert.Equal("", await scrub.ShareAsync("", 1, Stop));
        Assert.Contains(bench.Faults.All, f => f.Place == first && f.Detail.EndsWith("access denied", StringComparison.Ordinal));
        Assert.Contains(bench.Faults.All, f => f.Mended == "1 readings were put back from the curated lake");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADamagedTableIsFoundAndMadeAgain(bool missing)
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1), Reading(1, 2));
        await bench.PassAsync();
        var file = Assert.Single(await bench.ManifestsAsync()).Files[0].Key;
        if (missing)
            await bench.Store.DeleteAsync(file, Stop);
        else
            await bench.Store.PutAsync(file, Harmed((await bench.Store.GetAsync(file, Stop))!, "flipped"), Stop);

        var scrub = new CuratedScrub(bench.Store, Apiary.From(Some.Apiary()), bench.Options, bench.Faults, bench.Time);
        if (missing)
            await scrub.MissingAsync(Stop);
        Assert.Equal("", await scrub.ShareAsync("", 1, Stop));
        Assert.Equal("it was made again from its raw objects", Assert.Single(bench.Faults.All).Mended);
        Assert.Equal([1d, 2], (await bench.RowsAsync()).Select(r => r.Value));
    }

    [Fact]
    public async Task AStoppedCloudsLossesAreNamedAndMendedAtTheNextStart()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 1), Reading(1, 2)));
            await cloud.RawBatchesAsync();
            while ((await cloud.Get<Cloud.Lake.Curated.Transform>().PassAsync(Stop)).More)
                Stop.ThrowIfCancellationRequested();
        }

        File.Delete(Assert.Single(Directory.GetFiles(folder.File("lake/raw"), "*.raw", SearchOption.AllDirectories)));
        using (var log = new RawLog(folder.File("log"), TimeProvider.System))
        {
            var message = Encode("hill", 3, Reading(5, 5));
            log.Append([(Batch.Decode(message), message)]);
        }

        File.WriteAllBytes(Directory.GetFiles(folder.File("log"), "0*.log").Single(), []);
        Assert.Equal(0, await Rebuild.RunAsync(new DataFolder(folder.Path)));

        await using var again = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(2, again.Store.Count);
        using var http = again.Http;
        var health = await http.GetStringAsync(new Uri("/health", UriKind.Relative), Stop);
        Assert.Contains("holds 0 of at least 1 batches", health, StringComparison.Ordinal);
        Assert.Contains("\"healthy\"", health, StringComparison.Ordinal);
        var status = await http.GetStringAsync(new Uri("/api/status", UriKind.Relative), Stop);
        Assert.Contains("2 readings were put back from the curated lake", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThirtyThousandStreamsBecomeOneObjectAGateway()
    {
        using var folder = new TempFolder();
        using var log = new RawLog(folder.File("log"), TimeProvider.System);
        var message = Encode("flood", 1, Reading(0, 1));
        var batch = Batch.Decode(message);
        for (var i = 0; i < 60; i++)
        {
            log.Append(
            [
                .. Enumerable.Range(500 * i, 500).Select(n => (batch with { Stream = $"x{n}" }, (ReadOnlyMemory<byte>)message)),
            ]);
        }

        log.Append([(Batch.Decode(Encode("hill", 1, Reading(0, 1))), Encode("hill", 1, Reading(0, 1)))]);
        log.Seal(TimeSpan.Zero);

        var store = new MemoryObjects();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var segment in log.Sealed)
            await new SegmentObjects(store, new RawLedger(folder.File("ledger"))).WriteAsync(segment, Stop);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 200L * 1024 * 1024);
        Assert.Equal(log.Sealed.Count + 1, store.Keys.Count);
        var read = await new RawObjects(store).InOrderAsync(DateTimeOffset.MinValue, Assert.Fail, Stop).CountAsync(Stop);
        Assert.Equal(30_001, read);
    }

    private static byte[] Harmed(byte[] bytes, string harm)
    {
        if (harm == "flipped")
            bytes[bytes.Length / 2] ^= 0x10;
        return harm switch { "emptied" => [], "cut" => bytes[..(bytes.Length / 2)], _ => bytes };
    }

    private static async Task<HashSet<string>> ReadingsAsync(CuratedBench bench)
    {
        var all = new HashSet<string>();
        await foreach (var batch in bench.Raw.InOrderAsync(DateTimeOffset.MinValue, _ => { }, Stop))
        {
            all.UnionWith(Batch.Decode(batch.Bytes).Readings
                .Select(r => $"{r.Device} {r.Metric} {r.Time:O} {r.Value} {r.Unit} {r.Quality}"));
        }

        return all;
    }
}
