using IotGateway.Cloud.Data;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class RecoveryTests
{
    [Fact]
    public async Task ADeletedHotStoreIsRebuiltEqual() => await RecoversAsync(hot =>
    {
        File.Delete(hot);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task ADamagedHotStoreIsSetAsideAndRebuiltEqual()
    {
        await RecoversAsync(async hot =>
        {
            var bytes = await File.ReadAllBytesAsync(hot);
            Random.Shared.NextBytes(bytes.AsSpan(0, bytes.Length / 2));
            await File.WriteAllBytesAsync(hot, bytes);
        });
    }

    [Fact]
    public async Task AHotStoreUnderSuspicionIsSetAsideAndRebuiltEqual() =>
        await RecoversAsync(hot => File.WriteAllBytesAsync(hot + ".suspect", []));

    [Fact]
    public async Task TheHotStoresMemoryIsAppliedAgainAfterACrash()
    {
        using var folder = new TempFolder();
        using var crashed = new TempFolder();
        string before;
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 1), Reading(1, 2)));
            await cloud.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
            await gateway.SendAsync(Encode("hill", 5, Reading(0, 9), Reading(30, 3), Reading(-2000, 4)));
            await gateway.SendAsync(Encode("hill", "s2", 1, [.. Enumerable.Range(0, 3000).Select(i => Reading(i * 0.1, i, "b2"))]));
            before = await DumpAsync(cloud.Store);
            foreach (var made in Directory.GetDirectories(folder.Path, "*", SearchOption.AllDirectories))
                Directory.CreateDirectory(Path.Combine(crashed.Path, Path.GetRelativePath(folder.Path, made)));
            foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            {
                var copy = Path.Combine(crashed.Path, Path.GetRelativePath(folder.Path, file));
                File.Copy(file, copy);
            }
        }

        await using var again = await TestCloud.StartAsync(crashed.Path);
        Assert.Equal(before, await DumpAsync(again.Store));
        Assert.Equal(5 + 3000 - 1, again.Store.Count);
    }

    [Fact]
    public async Task RebuildOnDemandGivesTheSame()
    {
        await RecoversAsync(async hot => Assert.Equal(
            0, await Rebuild.RunAsync(new DataFolder(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(hot)!, ".."))))));
    }

    [Fact]
    public async Task ABatchThatOnlyTheLogHasIsAppliedAtStart()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));
        }

        using (var raw = new RawLog(folder.File("log"), TimeProvider.System))
        {
            byte[][] messages = [Encode("hill", 2, Reading(1, 1), Reading(2, 2)), Encode("hill", 1, Reading(9, 9))];
            raw.Append([.. messages.Select(m => (Batch.Decode(m), (ReadOnlyMemory<byte>)m))]);
        }

        await using var again = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(4, again.Store.Count);
        Assert.Equal(("s1", 3L), (again.Gateways.Find("hill")!.Stream, again.Gateways.Find("hill")!.Contiguous));
        Assert.Equal(3, (await again.RawBatchesAsync()).Count);
    }

    [Fact]
    public async Task DamageInTheRawLakeCostsOnlyWhatItHit()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 1)));
            await gateway.SendAsync(Encode("hill", 2, Reading(1, 2)));
            await gateway.SendAsync(Encode("hill", 3, Reading(2, 3)));
        }

        var file = Assert.Single(Directory.GetFiles(folder.File("lake/raw"), "*.raw", SearchOption.AllDirectories));
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        File.Delete(folder.File("hot/observations.db"));

        await using var again = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(2, again.Store.Count);
        Assert.Equal([new SequenceRange(2, 2)], again.Gateways.Find("hill")!.Missing);
    }

    [Fact]
    public async Task LossesToldOfOutliveTheProcessAndTheHotStore()
    {
        using var folder = new TempFolder();
        Gap[] lost = [.. Enumerable.Range(1, 120).Select(i => new Gap(i, i, 7, "disk_full") { Stream = i % 2 == 0 ? "old" : null })];
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Batch.Encode("hill", "s1", new SequenceRange(1, 1), Noon, "synchronised", lost[..70], []));
            await gateway.SendAsync(Batch.Encode("hill", "s1", new SequenceRange(2, 2), Noon, "synchronised", lost[60..], []));
        }

        await using (var again = await TestCloud.StartAsync(folder.Path))
            Assert.Equal(lost[20..], again.Gateways.Find("hill")!.Gaps);

        File.Delete(folder.File("hot/observations.db"));
        await using var anew = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(lost[20..], anew.Gateways.Find("hill")!.Gaps);
    }

    private static async Task RecoversAsync(Func<string, Task> harm)
    {
        using var folder = new TempFolder();
        string before;
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

            // The later sequences first, and two values for one reading: the order of arrival decides.
            await gateway.SendAsync(Encode("hill", 3, Reading(0, 99), Reading(3, 4)));
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 11), Reading(1, 12, metric: Metrics.HiveHumidity)));
            await gateway.SendAsync(Encode("hill", 5, [.. Enumerable.Range(10, 200).Select(i => Reading(i * 30, i))]));
            await gateway.SendAsync(Encode("hill", "s2", 1, Reading(2, 21)));
            before = await DumpAsync(cloud.Store);
            Assert.Contains("99", before, StringComparison.Ordinal);
        }

        await harm(folder.File("hot/observations.db"));

        await using var again = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(before, await DumpAsync(again.Store));
        Assert.Equal(("s2", 1L), (again.Gateways.Find("hill")!.Stream, again.Gateways.Find("hill")!.Contiguous));
    }

    private static async Task<string> DumpAsync(LiteObservations store) => string.Join(
        '\n',
        (await StoredValues.OfAsync(store))
            .Append($"{store.Count}")
            .Concat(store.Streams().Select(s => $"{s.Gateway} {s.Stream} {string.Join(',', s.Applied.Ranges)}")));
}
