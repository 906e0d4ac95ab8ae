using System.Net;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Observations;

/// <summary>Flipped bits below a store that is stopped or in use: right values, or none with the reason; never wrong ones.</summary>
public sealed class DamagedStoreTests
{
    private const int PageBytes = 8192;
    private const int Days = 40;
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    private static readonly string[] Configuration =
    [
        "--Apiary:Sites:0:Id", "montreal", "--Apiary:Sites:0:Name", "Montreal", "--Apiary:Sites:0:Latitude", "45.5",
        "--Apiary:Sites:0:Longitude", "-73.6", "--Apiary:Sites:0:TimeZone", "America/Toronto",
        "--Apiary:Hives:0:Id", "hive-1", "--Apiary:Hives:0:Site", "montreal", "--Apiary:Hives:0:Device", "a1",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThreeFlippedBitsAreNoticedAtTheStartAndTheStoreIsRebuiltEqual()
    {
        using var folder = new TempFolder();
        var (file, before) = await FillAsync(folder);
        var sound = await File.ReadAllBytesAsync(file, Stop);
        for (var trial = 0; trial < FuzzShare.Iterations(25, 4); trial++)
        {
            var bytes = (byte[])sound.Clone();
            for (var flip = 0; flip < 3; flip++)
                bytes[Random.Shared.Next(bytes.Length)] ^= (byte)(1 << Random.Shared.Next(8));
            await File.WriteAllBytesAsync(file, bytes, Stop);

            await using var cloud = await TestCloud.StartAsync(folder.Path);

            Assert.Equal(before, await StoredValues.OfAsync(cloud.Store));
            Assert.NotEmpty(Directory.GetFiles(Path.GetDirectoryName(file)!, "*.aside"));
        }
    }

    [Fact]
    public async Task APageFlippedInUseAnswersItsReasonEndsTheHostAndIsRebuilt()
    {
        using var folder = new TempFolder();
        var (file, before) = await FillAsync(folder);
        await using (var cloud = await TestCloud.StartAsync(folder.Path, Configuration))
        {
            FlipAllPages(file);
            using var http = cloud.Http;

            var asked = new Uri("/api/hives/hive-1/readings?metric=hive_temperature&from=2021-07-02T00:00:00Z", UriKind.Relative);
            var answer = await http.GetAsync(asked, Stop);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("observations.db is damaged", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.NotNull(answer.Headers.RetryAfter);
            await Assert.ThrowsAsync<DamagedStoreException>(() => cloud.Get<DamagedStores>().ExecuteTask!.WaitAsync(Most, Stop));
        }

        await using var again = await TestCloud.StartAsync(folder.Path);

        Assert.Equal(before, await StoredValues.OfAsync(again.Store));
    }

    [Fact]
    public async Task APageFlippedBelowAReadingThatComesEndsTheHostAndLosesNothing()
    {
        using var folder = new TempFolder();
        var (file, before) = await FillAsync(folder);
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            FlipAllPages(file);
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("dale"), "dale");

            // The log has it before the hot store; the answer may come too late for the connection.
            _ = gateway.SendAsync(Encode("dale", 1, Reading(-7, 1), Reading(-7 + 1440, 2)));
            await Assert.ThrowsAsync<DamagedStoreException>(() => cloud.Get<DamagedStores>().ExecuteTask!.WaitAsync(Most, Stop));
        }

        await using var again = await TestCloud.StartAsync(folder.Path);

        Assert.Equal(before.Count + 2, (await StoredValues.OfAsync(again.Store)).Count);
        Assert.Empty(before.Except(await StoredValues.OfAsync(again.Store)));
    }

    [Fact]
    public async Task AFlippedPageOfWhatWasSaidIsNoticedInUseAndSetAside()
    {
        using var folder = new TempFolder();
        var hive = new SubjectId(SubjectId.Hive, "hive-1");
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            var said = cloud.Get<ITimedDocuments>();
            await said.AddAsync(
                hive, "x", [.. Enumerable.Range(0, 200).Select(i => new TimedDocument(Noon.AddHours(i), [], new byte[500]))], Stop);
        }

        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            FlipAllPages(folder.File("forecasts.db"));
            var said = cloud.Get<ITimedDocuments>();

            await Assert.ThrowsAsync<DamagedStoreException>(() => said.RangeAsync(hive, "x", Noon, Noon.AddHours(200), 500, Stop));
        }

        await using var again = await TestCloud.StartAsync(folder.Path);
        Assert.Empty(await again.Get<ITimedDocuments>().RangeAsync(hive, "x", Noon, Noon.AddHours(200), 500, Stop));
        Assert.Single(Directory.GetFiles(folder.Path, "forecasts.db.*.aside"));
    }

    /// <summary>Forty days of a device, in the hot store and the lake of a cloud that is stopped.</summary>
    private static async Task<(string File, List<string> Values)> FillAsync(TempFolder folder)
    {
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using (var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill"))
        {
            for (var day = 0; day < Days; day++)
                await gateway.SendAsync(Encode(
                    "hill", day + 1, [.. Enumerable.Range(0, 140).Select(i => Reading((day * 1440) + (i * 10), 20 + (i * 0.1)))]));
        }

        await cloud.Get<SegmentArchiver>().ArchiveAsync(TimeSpan.Zero, Stop);
        return (cloud.Data.HotStore, await StoredValues.OfAsync(cloud.Store));
    }

    /// <summary>One bit of every page but the first, in the file of a store that is open.</summary>
    private static void FlipAllPages(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var at = PageBytes + 1000L; at < stream.Length; at += PageBytes)
        {
            stream.Position = at;
            var old = stream.ReadByte();
            stream.Position = at;
            stream.WriteByte((byte)(old ^ 4));
        }
    }
}
