using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Hives.Visits.Stores;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Retention;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Tests.Forecasts.Documents;
using IotGateway.Cloud.Tests.Hives.Visits.Stores;
using IotGateway.Cloud.Tests.Lake;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Erasure;

public sealed class EraserTests
{
    internal static readonly DeviceId Gone = DeviceId.Parse("gone-device-77");

    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public async Task ADeviceIsErasedEverywhereAndNoOtherLosesAReading()
    {
        using var folder = new TempFolder();
        var data = new DataFolder(folder.Path);
        using var bench = new CuratedBench(new FolderObjects(data.Lake)) { Time = new(TimeProvider.System.GetUtcNow()) };
        var batches = Batches();
        Directory.CreateDirectory(Path.GetDirectoryName(data.HotStore)!);
        using (var hot = new LiteObservations(data.HotStore))
        {
            for (var i = 0; i < batches.Length; i++)
            {
                await bench.PutAsync(Noon.AddSeconds(i), batches[i]);
                await bench.PassAsync();
                hot.Store([new Batch("hill", "s1", i + 1, i + 1, Noon, "", [], batches[i])]);
            }
        }

        Directory.CreateDirectory(data.Quarantine);
        await File.WriteAllTextAsync(Path.Combine(data.Quarantine, "a.bin"), $"not a batch, but of {Gone}/", Stop);
        await File.WriteAllTextAsync(Path.Combine(data.Quarantine, "b.bin"), "of another", Stop);
        var others = batches.SelectMany(b => b).Where(r => r.Device != Gone).ToArray();

        var stays = DeviceId.Parse("zz");
        await SayAsync(data, stays);
        await File.WriteAllTextAsync($"{data.HotStore}.20210701T000000000.aside", "damaged", Stop);
        Assert.Equal(1, await Commands.RunAsync(["erase", "--verify", "--device", $"{Gone}", "--data", folder.Path]));
        Assert.Equal(0, await Commands.RunAsync(["erase", "--device", $"{Gone}", "--data", folder.Path]));
        Assert.Equal(0, await Commands.RunAsync(["erase", "--verify", "--device", $"{Gone}", "--data", folder.Path]));

        var record = JsonNode.Parse(
            await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(data.Lake, "erased"))), Stop))!;
        Assert.True((bool)record["complete"]!);

        // 53 rows stood; those of replaced versions that still lay there went too.
        Assert.Equal(
            [
                "curated lake 154", "databases set aside 0", "observations 53", "quarantined files 1", "quarantined objects 0",
                "raw lake 53", "states and forecasts 2", "visits 1",
            ],
            record["before"]!.AsObject().Select(p => $"{p.Key} {p.Value!["entries"]}").Order(StringComparer.Ordinal));
        Assert.All(record["after"]!.AsObject(), p => Assert.Equal("0 0", $"{p.Value!["entries"]} {p.Value["holders"]}"));
        using (var documents = new LiteTimedDocuments(data.Forecasts))
            Assert.NotNull(await documents.NewestAsync(TimedDocumentsTests.HiveOf(stays), "state", Stop));
        using (var visits = new LiteVisits(data.Visits))
            Assert.Single(await visits.AllAsync(TimedDocumentsTests.HiveOf(stays), Stop));
        foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
            Assert.False(Holds(await File.ReadAllBytesAsync(file, Stop)), file);
        Assert.Equal(Shown(others), (await bench.RowsAsync()).Select(r => $"{r.Device} {r.Metric} {r.Time:O} {r.Value}").ToHashSet());
        Assert.Equal(Shown(others), (await RawReadingsAsync(bench)).Select(Shown).ToHashSet());
        using (var hot = new LiteObservations(data.HotStore))
            Assert.Equal(others.Length, hot.Count);
        Assert.True(File.Exists(Path.Combine(data.Quarantine, "b.bin")));
        Assert.All(await bench.ManifestsAsync(), m => Assert.Equal(m.Readings, m.Rows + m.Duplicates + m.Conflicts));

        // A pass over the rewritten objects, as a start makes it, brings nothing back.
        await bench.Store.DeleteAsync(DayProgress.KeyOf(new DateOnly(2021, 7, 1)), Stop);
        await bench.PassAsync();
        Assert.Equal(others.Length, (await bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task AnErasureGoesOnPastWhatIsDamagedAndNamesWhatItCouldNotSearch()
    {
        using var folder = new TempFolder();
        var data = new DataFolder(folder.Path);
        using var bench = new CuratedBench(new FolderObjects(data.Lake)) { Time = new(TimeProvider.System.GetUtcNow()) };
        var batches = Batches();
        Directory.CreateDirectory(Path.GetDirectoryName(data.HotStore)!);
        using (var hot = new LiteObservations(data.HotStore))
        {
            for (var i = 0; i < batches.Length; i++)
            {
                await bench.PutAsync(Noon.AddSeconds(i), batches[i]);
                hot.Store([new Batch("hill", "s1", i + 1, i + 1, Noon, "", [], batches[i])]);
            }
        }

        await bench.PassAsync();
        var others = batches.SelectMany(b => b).Where(r => r.Device != Gone).ToArray();
        var climate = (await bench.ManifestsAsync()).Single(m => m is { Family: MetricFamily.Climate, Date.Day: 1 });
        var weight = (await bench.ManifestsAsync()).Single(m => m.Family == MetricFamily.Weight);
        await bench.Store.PutAsync(climate.Files[0].Key, "PAR1 no more"u8.ToArray(), Stop);
        await bench.Store.PutAsync(weight.Partition.ManifestKey(weight.Version), "{}"u8.ToArray(), Stop);
        await bench.Store.PutAsync(climate.Partition.NewDataKey(null, bench.Time.GetUtcNow()), "PAR1 orphan"u8.ToArray(), Stop);
        await bench.Store.PutAsync("curated/mine.parquet", "PAR1 whose"u8.ToArray(), Stop);

        Assert.Equal(1, await Commands.RunAsync(["erase", "--verify", "--device", $"{Gone}", "--data", folder.Path]));
        Assert.Equal(1, await Commands.RunAsync(["erase", "--device", $"{Gone}", "--data", folder.Path]));

        var record = JsonNode.Parse(
            await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(data.Lake, "erased"))), Stop))!;
        Assert.False((bool)record["complete"]!);
        Assert.StartsWith(
            "curated/mine.parquet: ", Assert.Single(record["after"]!["curated lake"]!["unsearched"]!.AsArray())!.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(record["notCovered"]!.AsArray(), n => n!.ToString().StartsWith("gateways' buffers", StringComparison.Ordinal));
        using (var hot = new LiteObservations(data.HotStore))
            Assert.Equal(others.Length, hot.Count);
        foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
            Assert.False(Holds(await File.ReadAllBytesAsync(file, Stop)), file);
        Assert.Equal(Shown(others), (await RawReadingsAsync(bench)).Select(Shown).ToHashSet());

        File.Delete(Path.Combine(data.Lake, "curated/mine.parquet"));
        Assert.Equal(0, await Commands.RunAsync(["erase", "--verify", "--device", $"{Gone}", "--data", folder.Path]));

        // What the damaged partition had of others is there again.
        var climates = new CuratedQuery(climate.Date, climate.Date, new HashSet<string> { Metrics.HiveTemperature });
        Assert.Equal(51, (await bench.RowsAsync(climates)).Count);
    }

    /// <summary>States and visits of the device that goes and of one that stays.</summary>
    private static async Task SayAsync(DataFolder data, DeviceId stays)
    {
        using (var documents = new LiteTimedDocuments(data.Forecasts))
        {
            await documents.AddAsync(
                TimedDocumentsTests.HiveOf(Gone), "state",
                [TimedDocumentsTests.Said(0, "said", Gone), TimedDocumentsTests.Said(1, "said", Gone)], Stop);
            await documents.AddAsync(TimedDocumentsTests.HiveOf(stays), "state", [TimedDocumentsTests.Said(0, "said", stays)], Stop);
        }

        using (var visits = new LiteVisits(data.Visits))
        {
            await visits.AddAsync(TimedDocumentsTests.HiveOf(Gone), VisitStoreTests.Written("v", 1, devices: [Gone]), Stop);
            await visits.AddAsync(TimedDocumentsTests.HiveOf(stays), VisitStoreTests.Written("v", 1, devices: [stays]), Stop);
        }
    }

    private static Reading[][] Batches() =>
    [
        [
            .. Enumerable.Range(0, 50)
                .SelectMany(i => new[] { Reading(i, i), Reading(i, i, Gone.ToString()), Reading(i, i, "zz", Metrics.Weight) }),
        ],
        [Reading(51, 1, Gone.ToString()), Reading(51, 2, Gone.ToString(), Metrics.Weight)],
        [Reading(52, 3), Reading(-1440, 4, Gone.ToString())],
    ];

    [Fact]
    public void ARedactedBatchKeepsItsEnvelopeAndSaysThatItIsRedacted()
    {
        var gap = new Gap(1, 2, 3, "disk");
        var pack = new ArrayBufferWriter<byte>();
        Senml.Write(pack, [Reading(0, 1), Reading(0, 2, Gone.ToString()), Reading(1, 3) with { Quality = Quality.Synthetic }]);
        var bytes = Batch.Encode("hill", "s1", new SequenceRange(4, 6), Noon, "unsynchronised", [gap], [pack.WrittenMemory]);

        var (redacted, removed) = Redaction.Without(
            new HashSet<DeviceId> { Gone }, new RawBatch("hill", "s1", new SequenceRange(4, 6), Noon, bytes));

        Assert.Equal(1, removed);
        var read = Batch.Decode(redacted.Bytes);
        Assert.Equal(
            ("hill", "s1", 4L, 6L, "unsynchronised", Noon), (read.Gateway, read.Stream, read.First, read.Last, read.Clock, read.Sent));
        Assert.Equal([gap], read.Gaps);
        Assert.Equal([Reading(0, 1), Reading(1, 3) with { Quality = Quality.Synthetic }], read.Readings);
        Assert.Contains("\"redacted\":true", Encoding.UTF8.GetString(redacted.Bytes.Span), StringComparison.Ordinal);
        Assert.Equal(0, Redaction.Without(new HashSet<DeviceId> { Gone }, redacted).Removed);
    }

    [Fact]
    public async Task AnUnreadablePartThatNamesTheDeviceGoesAndAnotherStays()
    {
        using var folder = new TempFolder();
        using var bench = new CuratedBench();
        using var hot = new LiteObservations(folder.File("hot.db"));
        var frames = new ArrayBufferWriter<byte>();
        RawFrames.Write(frames, new RawBatch("hill", "s2", new SequenceRange(1, 1), Noon, Encoding.UTF8.GetBytes($"broken {Gone}")));
        RawFrames.Write(frames, new RawBatch("hill", "s2", new SequenceRange(2, 2), Noon, "broken"u8.ToArray()));
        frames.Write(Encoding.UTF8.GetBytes($"torn {Gone}"));
        const string key = "raw/received=2021-07-01/gateway=hill/stream=s2/1-2.raw";
        await bench.Store.PutNewAsync(key, frames.WrittenMemory, Stop);

        var eraser = new Eraser(
            [
                new RawErasure(bench.Store, bench.Ledger), new CuratedErasure(bench.Store, bench.Publisher()),
                new ObservationsErasure(hot, new ObservationsOptions()),
            ], bench.Store, bench.Time);
        var record = await eraser.RunAsync(new HashSet<DeviceId> { Gone }, (_, _) => { }, Stop);

        Assert.True(record.Complete);
        Assert.False(Holds((await bench.Store.GetAsync(key, Stop))!));
        Assert.Equal(2, Assert.Single((await bench.Raw.ReadAsync(key, Stop))!.Value.Batches).Range.First);
        Assert.False(
            Holds((await bench.Store.GetAsync(bench.Memory.Keys.Single(k => k.StartsWith("erased/", StringComparison.Ordinal)), Stop))!));
    }

    internal static bool Holds(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Gone.ToString())) >= 0)
            return true;
        var damaged = 0;
        return RawFrames.ReadAll(bytes, out damaged)
            .Any(b => Encoding.UTF8.GetString(Plain(b.Bytes)).Contains(Gone.ToString(), StringComparison.Ordinal));
    }

    private static byte[] Plain(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span is not [0x1f, 0x8b, ..])
            return bytes.ToArray();
        using var gzip = new System.IO.Compression.GZipStream(
            new MemoryStream(bytes.ToArray()), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task<List<Reading>> RawReadingsAsync(CuratedBench bench)
    {
        var readings = new List<Reading>();
        await foreach (var found in bench.Raw.ListAsync(Stop))
            readings.AddRange((await bench.Raw.ReadAsync(found.Key, Stop))!.Value.Batches.SelectMany(b => Batch.Decode(b.Bytes).Readings));
        return readings;
    }

    private static HashSet<string> Shown(IEnumerable<Reading> readings) => [.. readings.Select(Shown)];

    private static string Shown(Reading r) => $"{r.Device} {r.Metric} {r.Time:O} {r.Value}";
}
