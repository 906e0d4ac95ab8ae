using IotGateway.Cloud.Data;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class SegmentArchiverTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheLogIsEmptyOnceItsBatchesLieInObjectsOneAStream()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        for (var i = 1; i <= 5; i++)
            await gateway.SendAsync(Encode("hill", i % 2 == 0 ? "s1" : "s2", i, Reading(i, i)));

        await cloud.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, Stop);

        Assert.Empty(cloud.Get<RawLog>().Sealed);
        Assert.Equal(2, Directory.GetFiles(folder.File("lake/raw"), "*.raw", SearchOption.AllDirectories).Length);
        Assert.Equal([1, 2, 3, 4, 5], (await cloud.RawBatchesAsync()).Select(b => b.Range.First));
    }

    [Fact]
    public async Task SettlingTwiceAfterACrashWritesNothingTwice()
    {
        using var folder = new TempFolder();
        string[] before;
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));
            cloud.Get<RawLog>().Seal(TimeSpan.Zero);
            File.Copy(cloud.Get<RawLog>().Sealed[0].File, folder.File("kept"));
            await cloud.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, Stop);
            before = Objects(folder);
        }

        // The crash came between the object and the log's segment.
        File.Delete(folder.File("log/spare-000000000001.log"));
        File.Move(folder.File("kept"), folder.File("log/000000000001.log"));
        await using var again = await TestCloud.StartAsync(folder.Path);
        await again.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, Stop);

        Assert.Equal(before, Objects(folder));
        Assert.Equal(1, again.Store.Count);
        Assert.Empty(again.Get<RawLog>().Sealed);
    }

    [Fact]
    public async Task ALakeThatCannotBeReachedStopsNothingAndLosesNothing()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));

        // A file where a folder must be.
        Directory.CreateDirectory(cloud.Data.Lake);
        await File.WriteAllTextAsync(Path.Combine(cloud.Data.Lake, "raw"), "", Stop);
        await Assert.ThrowsAnyAsync<IOException>(() => cloud.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, Stop));
        await gateway.SendAsync(Encode("hill", 2, Reading(1, 34.5)));

        File.Delete(Path.Combine(cloud.Data.Lake, "raw"));
        Assert.Equal([1, 2], (await cloud.RawBatchesAsync()).Select(b => b.Range.First));
        Assert.Equal(2, cloud.Store.Count);
        Assert.Null(cloud.Get<Health>().Problem);
    }

    [Fact]
    public async Task FastSegmentsShareOneFlushOfTheHotStore()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(Noon);
        using var raw = new RawLog(folder.File("log"), time);
        using var store = new LiteObservations(folder.File("hot.db"));
        using var writer = new HotStoreWriter(
            store, new ChangeFeed(), new IngestCounters(new GatewayRegistry()), new Health(time), time,
            NullLogger<HotStoreWriter>.Instance);
        var data = new DataFolder(folder.Path);
        using var archiver = new SegmentArchiver(
            raw, new SegmentObjects(new FolderObjects(folder.File("lake")), new RawLedger(data.RawLedger)), store, writer,
            new LakeFaults(data, time, NullLogger<LakeFaults>.Instance), time, NullLogger<SegmentArchiver>.Instance);
        var kept = new List<int>();
        for (var i = 1; i <= 6; i++)
        {
            var message = Encode("hill", i, Reading(i, i));
            var stamp = raw.Append([(Batch.Decode(message), message)])[0];
            store.Store([Batch.Decode(message)], stamp);
            writer.Begin(stamp);
            time.Advance(TimeSpan.FromSeconds(i == 6 ? 10 : 1));
            await archiver.ArchiveAsync(TimeSpan.FromSeconds(1), Stop);
            kept.Add(raw.Sealed.Count);
            Assert.Equal(i, Objects(folder).Length);
        }

        Assert.Equal([1, 2, 3, 0, 1, 0], kept);
        File.Copy(folder.File("hot.db"), folder.File("copy.db"));
        using var again = new LiteObservations(folder.File("copy.db"));
        Assert.Equal((6, raw.Newest), (again.Count, again.Position));
    }

    private static string[] Objects(TempFolder folder) =>
        [.. Directory.GetFiles(folder.File("lake/raw"), "*.raw", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
