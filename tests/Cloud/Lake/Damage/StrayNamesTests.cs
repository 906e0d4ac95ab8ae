using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Objects;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake.Damage;

/// <summary>Files and folders below ours with names that are none of ours.</summary>
public sealed class StrayNamesTests
{
    private static readonly string[] Strays =
    [
        "lake/raw/my notes.txt", "lake/raw/received=2021-07-01/x~.raw", "lake/raw/received=2021-07-01 (copy)/a.raw",
        "lake/raw/received=0/a.raw",
        "lake/raw/received=0001-01-01/readme", "lake/raw/é.raw", "lake/lost+found/x", "lake/curated/mine.parquet",
        "lake/curated/metric_family=climate/date=2021-07-01/mine.parquet",
        "lake/curated/_manifest/metric_family=climate/date=2021-07-01/12.json",
        "lake/curated/_manifest/metric_family=climate/date=2021-07-01/000001.json~", "lake/curated/_progress/received=x.json",
        "log/old (1).log", "log/x.log", "quarantine/a b.bin", "quarantine/~.bin", "ledger/notes.txt",
    ];

    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public async Task ACloudStartsWorksAndIsErasedFromBesideThem()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
            await SendAsync(cloud, 1);
        foreach (var stray in Strays)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(stray))!);
            await File.WriteAllTextAsync(folder.File(stray), "mine", Stop);
        }

        Directory.CreateSymbolicLink(folder.File("lake/raw/received=2021-07-02"), folder.File("lake"));
        File.CreateSymbolicLink(folder.File("lake/raw/dangling.raw"), folder.File("nowhere"));
        Directory.CreateSymbolicLink(folder.File("lake/circle"), folder.File("lake/circle"));

        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await SendAsync(cloud, 2);
            Assert.Equal(2, cloud.Store.Count);
            await cloud.Get<Transform>().PassAsync(Stop);
            await cloud.Get<Sweep>().RunAsync(TimeSpan.Zero, Stop);
        }

        Assert.Equal(0, await Commands.RunAsync(["rebuild", "--data", folder.Path]));

        // What nobody can read may hold anything.
        Assert.Equal(1, await Commands.RunAsync(["erase", "--device", "a1", "--data", folder.Path]));
        Assert.All(Strays, s => Assert.Equal("mine", File.ReadAllText(folder.File(s))));
        foreach (var stray in Strays.Where(s => s.EndsWith(".parquet", StringComparison.Ordinal)))
            File.Delete(folder.File(stray));
        Assert.Equal(0, await Commands.RunAsync(["erase", "--verify", "--device", "a1", "--data", folder.Path]));
    }

    [Fact]
    public async Task AFolderListsItsKeysAlone()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("a/b c"));
        Directory.CreateDirectory(folder.File("elsewhere/d"));
        foreach (var file in new[] { "a/x.raw", "a/b c/x.raw", "a/y~", "a/ü", "elsewhere/d/z.raw" })
            await File.WriteAllTextAsync(folder.File(file), "", Stop);
        Directory.CreateSymbolicLink(folder.File("a/up"), folder.Path);
        Directory.CreateSymbolicLink(folder.File("a/d"), folder.File("elsewhere/d"));
        var keys = await new FolderObjects(folder.Path).ListAsync("", Stop).Select(o => o.Key).ToListAsync(Stop);
        Assert.Equal(["a/d/z.raw", "a/x.raw", "elsewhere/d/z.raw"], keys);
    }

    private static async Task SendAsync(TestCloud cloud, int sequence)
    {
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol($"hill{sequence}"), $"hill{sequence}");
        await gateway.SendAsync(Encode($"hill{sequence}", sequence, Reading(sequence, sequence)));
    }
}
