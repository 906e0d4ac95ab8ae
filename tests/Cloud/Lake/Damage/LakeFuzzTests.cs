using System.Buffers;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Lake.Scrub;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake.Damage;

/// <summary>Readers of the lake's files on damaged bytes: their own refusal, or what was written, and nothing else.</summary>
public sealed class LakeFuzzTests
{
    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public void RawFramesGiveWholeBatchesOrNone()
    {
        var (sample, whole) = Frames();
        FuzzShare.Read(Mutations.Of(sample), 1_000_000, 5_000, bytes => Assert.Subset(whole, Shown(RawFrames.ReadAll(bytes, out _))));
    }

    [Fact]
    public void ASegmentGivesWholeBatchesOrNone()
    {
        using var folder = new TempFolder();
        var (sample, whole) = Frames();
        var file = folder.File("000000000001.log");
        FuzzShare.Read(Mutations.Of(sample), 100_000, 200, bytes =>
        {
            File.WriteAllBytes(file, bytes);
            Assert.Subset(whole, Shown(new LogSegment(1, file).Read().Batches));
        });
    }

    [Fact]
    public async Task AManifestIsReadOrRefused()
    {
        using var bench = new CuratedBench();
        await FillAsync(bench);
        var manifest = (await bench.ManifestsAsync())[0];
        var key = manifest.Partition.ManifestKey(manifest.Version);
        FuzzShare.Read(Mutations.Of(manifest.ToJson()), 1_000_000, 3_000, bytes =>
        {
            try
            {
                var read = Manifest.Parse(key, bytes);
                Assert.All(read.Files, f => Assert.StartsWith(manifest.Partition.Data, f.Key, StringComparison.Ordinal));
            }
            catch (InvalidDataException)
            {
                // Its own refusal.
            }
        });
    }

    [Fact]
    public async Task NotesBesideTheLakeAreReadOrBegunAnew()
    {
        using var bench = new CuratedBench();
        var key = await bench.PutAsync(Noon, Reading(0, 1));
        bench.Ledger.Add([RawNote.Of(key, "abc"u8)]);
        bench.Faults.Add(key, "is missing", null);
        var day = new DateOnly(2021, 7, 1);
        var ledger = Path.Combine(bench.Beside.RawLedger, "2021-07-01.txt");
        byte[][] samples =
        [
            await File.ReadAllBytesAsync(ledger, Stop), await File.ReadAllBytesAsync(bench.Beside.LakeFaults, Stop),
            "00000000 [{\"number\":1,\"batches\":5,\"newest\":\"2021-07-01T12:00:00+00:00\",\"inObjects\":false}]"u8.ToArray(),
            "{\"object\":\"raw/x\",\"partition\":\"\"}"u8.ToArray(),
            new DayProgress(["a"], [new UnreadablePart("a", "b", "c")]).ToJson(),
        ];
        await FuzzShare.ReadAsync(Mutations.Of(samples), 200_000, 500, async bytes =>
        {
            await File.WriteAllBytesAsync(ledger, bytes, Stop);
            Assert.All(bench.Ledger.Read(day).Values, n => Assert.Equal(RawNote.Of(key, "abc"u8), n));
            await File.WriteAllBytesAsync(bench.Beside.LakeFaults, bytes, Stop);
            _ = bench.Faults.All;
            _ = new LogLedger(bench.Beside.LakeFaults).Read();
            _ = ScrubPlace.Read(bench.Beside.LakeFaults);
            await bench.Store.PutAsync(DayProgress.KeyOf(day), bytes, Stop);
            _ = await DayProgress.ReadAsync(bench.Store, day, Stop);
        });
    }

    [Fact]
    public async Task ATableIsReadOrRefused()
    {
        using var bench = new CuratedBench();
        await FillAsync(bench);
        var file = (await bench.Store.GetAsync((await bench.ManifestsAsync())[0].Files[0].Key, Stop))!;
        var theirs = new HashSet<DeviceId> { DeviceId.Parse("a1"), DeviceId.Parse("c") };
        var whole = new DeviceRows(theirs).CountIn(file);
        FuzzShare.Read(Mutations.Of(file), 100_000, 300, Count);

        // Each bit of the footer, which is not among the checksums of the pages.
        for (var bit = (file.Length - 1_500) * 8; bit < file.Length * 8; bit++)
        {
            var flipped = (byte[])file.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Count(flipped);
        }

        void Count(byte[] bytes)
        {
            try
            {
                Assert.InRange(new DeviceRows(theirs).CountIn(bytes), 0, whole);
            }
            catch (InvalidDataException)
            {
                // Its own refusal.
            }
        }
    }

    [Fact]
    public async Task ALakeWithOneDamagedObjectGoesOnAndTellsNothingWrong()
    {
        using var filled = new CuratedBench();
        await FillAsync(filled);
        var expected = (await filled.RowsAsync()).Select(r => (r.Device, r.Metric, r.Time, r.Value, r.Unit)).ToHashSet();
        var keys = filled.Memory.Keys;
        byte[][] objects = [.. await Task.WhenAll(keys.Select(async k => (await filled.Store.GetAsync(k, Stop))!))];
        using var folder = new TempFolder();
        var round = 0;
        await FuzzShare.ReadAsync(Mutations.Of(objects), 20_000, 25, async bytes =>
        {
            var store = new FolderObjects(folder.File($"{++round}"));
            for (var i = 0; i < keys.Count; i++)
                await store.PutAsync(keys[i], i == round % keys.Count ? bytes : objects[i], Stop);
            using var bench = new CuratedBench(store) { Time = new(Noon.AddDays(2)) };
            await bench.PutAsync(Noon.AddMinutes(3), Reading(70, 7));
            await bench.PassAsync();
            await new RawScrub(store, bench.Ledger, bench.Faults).AllAsync(Stop);
            await new CuratedScrub(store, Apiary.From(Some.Apiary()), bench.Options, bench.Faults, bench.Time).ShareAsync("", 1, Stop);
            await bench.PassAsync();
            try
            {
                var rows = (await bench.RowsAsync()).Where(r => r.Value != 7).Select(r => (r.Device, r.Metric, r.Time, r.Value, r.Unit));
                Assert.Subset(expected, rows.ToHashSet());
            }
            catch (InvalidDataException)
            {
                // Told so to whoever reads.
            }

            Directory.Delete(folder.File($"{round}"), recursive: true);
        });
    }

    private static async Task FillAsync(CuratedBench bench)
    {
        await bench.PutAsync(Noon, Reading(0, 1), Reading(1, 2), Reading(0, 40, "b", Metrics.Weight));
        await bench.PutFromAsync(
            "other", Noon.AddSeconds(1), [Reading(65, 3, "c")], [Reading(2, -40, "c") with { Quality = Quality.OutOfRange }]);
        await bench.PassAsync();
    }

    private static (byte[] Sample, HashSet<string> Whole) Frames()
    {
        var frames = new ArrayBufferWriter<byte>();
        for (var i = 1; i <= 4; i++)
        {
            var bytes = Encode("hill", $"s{i}", i, Reading(i, i));
            RawFrames.Write(frames, new RawBatch("hill", $"s{i}", new SequenceRange(i, i), Noon.AddTicks(i), bytes), 1);
        }

        var sample = frames.WrittenSpan.ToArray();
        return (sample, Shown(RawFrames.ReadAll(sample, out _)));
    }

    private static HashSet<string> Shown(IEnumerable<RawBatch> batches) =>
        [.. batches.Select(b => $"{b.Gateway} {b.Stream} {b.Range} {b.Received:O} {Convert.ToHexString(b.Bytes.Span)}")];
}
