using IotGateway.Cloud.Ingest;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class SettlingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheLogIsEmptyOnceItsBatchesLieInObjectsOneAStream()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.Start(folder.Path);
        await using var gateway = await Connect(cloud, cloud.Enrol("hill"), "hill");
        for (var i = 1; i <= 5; i++)
            await gateway.Send(Encode("hill", i % 2 == 0 ? "s1" : "s2", i, Reading(i, i)));

        await cloud.Get<Settling>().Settle(TimeSpan.Zero, Stop);

        Assert.Empty(cloud.Get<RawLog>().Sealed);
        Assert.Equal(2, Directory.GetFiles(folder.File("lake/raw"), "*.raw", SearchOption.AllDirectories).Length);
        Assert.Equal([1, 2, 3, 4, 5], (await cloud.RawBatches()).Select(b => b.Range.First));
    }

    [Fact]
    public async Task SettlingTwiceAfterACrashWritesNothingTwice()
    {
        using var folder = new TempFolder();
        string[] before;
        await using (var cloud = await TestCloud.Start(folder.Path))
        {
            await using var gateway = await Connect(cloud, cloud.Enrol("hill"), "hill");
            await gateway.Send(Encode("hill", 1, Reading(0, 34.5)));
            cloud.Get<RawLog>().Seal(TimeSpan.Zero);
            File.Copy(cloud.Get<RawLog>().Sealed[0].File, folder.File("kept"));
            await cloud.Get<Settling>().Settle(TimeSpan.Zero, Stop);
            before = Objects(folder);
        }

        // The crash came between the object and the log's segment.
        File.Delete(folder.File("log/spare-000000000001.log"));
        File.Move(folder.File("kept"), folder.File("log/000000000001.log"));
        await using var again = await TestCloud.Start(folder.Path);
        await again.Get<Settling>().Settle(TimeSpan.Zero, Stop);

        Assert.Equal(before, Objects(folder));
        Assert.Equal(1, again.Store.Count);
        Assert.Empty(again.Get<RawLog>().Sealed);
    }

    [Fact]
    public async Task ALakeThatCannotBeReachedStopsNothingAndLosesNothing()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.Start(folder.Path);
        await using var gateway = await Connect(cloud, cloud.Enrol("hill"), "hill");
        await gateway.Send(Encode("hill", 1, Reading(0, 34.5)));

        // A file where a folder must be.
        Directory.CreateDirectory(cloud.Data.Lake);
        await File.WriteAllTextAsync(Path.Combine(cloud.Data.Lake, "raw"), "", Stop);
        await Assert.ThrowsAnyAsync<IOException>(() => cloud.Get<Settling>().Settle(TimeSpan.Zero, Stop));
        await gateway.Send(Encode("hill", 2, Reading(1, 34.5)));

        File.Delete(Path.Combine(cloud.Data.Lake, "raw"));
        Assert.Equal([1, 2], (await cloud.RawBatches()).Select(b => b.Range.First));
        Assert.Equal(2, cloud.Store.Count);
        Assert.Null(cloud.Get<Health>().Problem);
    }

    private static string[] Objects(TempFolder folder) =>
        [.. Directory.GetFiles(folder.File("lake/raw"), "*.raw", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
