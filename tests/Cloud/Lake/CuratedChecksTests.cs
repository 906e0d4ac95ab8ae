using System.Buffers;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Curated.Merging;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Lake.Curated.Tables;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using ParquetSharp;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedChecksTests
{
    private static readonly DateOnly Day = new(2021, 7, 1);
    private static readonly Partition Climate = new(MetricFamily.Climate, Day);

    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public async Task APartitionOfImpossibleValuesIsHeldAndTheOthersArePublished()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 20));
        await bench.PassAsync();
        var bad = await bench.PutAsync(Noon.AddSeconds(1), Bad(1), Bad(2), Reading(0, 40, "a1", Metrics.Weight));
        await bench.PassAsync();

        Assert.Equal([20d, 40], (await bench.RowsAsync()).Select(r => r.Value));
        var held = (await bench.ManifestsAsync())[0].Held!;
        Assert.Equal(QualityCheck.FlaggedShare, held.Reason);
        Assert.Equal(
            "gateway hill: 2 of 3 values cannot be what they claim (out of range or in another unit); the limit is 0.5 of them",
            held.Detail);
        Assert.Equal([bad], held.Sources);
        Assert.Equal(2, bench.Memory.Keys.Count(k => k.EndsWith(".parquet", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatIsHeldIsPublishedWithTheNextGoodReadings()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Bad(1), Bad(2));
        await bench.PassAsync();
        Assert.Empty(await bench.RowsAsync());
        Assert.Equal(1, Assert.Single(await bench.ManifestsAsync()).Version);
        await bench.PassAsync();
        Assert.Equal(1, Assert.Single(await bench.ManifestsAsync()).Version);

        await bench.PutAsync(Noon.AddSeconds(1), Reading(3, 20), Reading(4, 21));
        await bench.PassAsync();
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Null(manifest.Held);
        Assert.Equal(2, manifest.Sources.Count);
        Assert.Equal(4, (await bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task ALimitThatWasRaisedFreesWhatIsHeldAtTheNextStart()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Bad(1));
        await bench.PassAsync();
        bench.Options.FlaggedShareLimit = 1;
        await bench.PassAsync();
        Assert.Null(Assert.Single(await bench.ManifestsAsync()).Held);
        Assert.Single(await bench.RowsAsync());
    }

    [Theory]
    [InlineData(10, 5, 1, 1, 13, 0, null)]
    [InlineData(10, 5, 1, 1, 12, 0, QualityCheck.RowCount)]
    [InlineData(0, 4, 0, 0, 4, 1, QualityCheck.NotFinite)]
    [InlineData(0, 0, 0, 0, 0, 0, null)]
    public void ThePartitionsFiguresDecide(
        long before, long taken, long duplicates, long conflicts, long rows, long notFinite, string? reason) =>
        Assert.Equal(
            reason, QualityCheck.Objection(new PartitionFigures(before, taken, duplicates, conflicts, rows, notFinite))?.Reason);

    [Theory]
    [InlineData(4, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(0, 0, false)]
    public void AGatewaysShareOfFlaggedValuesDecides(long readings, long flagged, bool objects) =>
        Assert.Equal(objects, QualityCheck.Objection("hill", readings, flagged, 0.5) is not null);

    [Fact]
    public async Task MessagesBeyondTheBoundsAreNamedAndTheOthersAreTaken()
    {
        // As old lakes hold them, from before there were bounds at the door: a few KB on the wire, 260,001 readings or 3 MB of a unit.
        using var bench = new CuratedBench();
        byte[][] hostile = [Readings(260_000), Readings(40_000), Zipped(OfOne(3_000_000)), Zipped(OfOne(500_000))];
        var batches = Enumerable.Range(0, 32)
            .Select(i => new RawBatch("flood", "s1", new SequenceRange(i + 1, i + 1), Noon.AddTicks(10 * i), hostile[i % 4]))
            .ToList();
        await bench.Raw.PutAsync(batches, Stop);
        await bench.PutAsync(Noon.AddSeconds(1), Reading(0, 1));
        var transform = bench.Transform();
        for (var passes = 1; (await transform.PassAsync(Stop)).More; passes++)
            Assert.InRange(passes, 1, 10);

        Assert.Equal([1d], (await bench.RowsAsync()).Select(r => r.Value));
        var named = transform.State().Unreadable;
        Assert.Contains(named, u => u.Reason == "too_many_readings");
        Assert.Contains(named, u => u.Reason == "unit_too_long");
        Assert.Contains(named, u => u.Reason == "too_large");
        Assert.InRange(named.Count, 2, 40);
        Assert.Equal(0, (await bench.PassAsync()).Objects);
    }

    [Fact]
    public async Task WhatCannotBeReadIsNamedAndTheRestIsTaken()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1));
        var frames = new ArrayBufferWriter<byte>();
        RawFrames.Write(frames, new RawBatch("hill", "s2", new SequenceRange(1, 1), Noon, "no batch"u8.ToArray()));
        RawFrames.Write(frames, new RawBatch("hill", "s2", new SequenceRange(2, 2), Noon, Encode("hill", "s2", 2, Reading(1, 2))));
        frames.Write("torn"u8);
        const string mixed =
            "raw/received=2021-07-01/gateway=hill/stream=s2/1-2.raw", rubbish = "raw/received=2021-07-01/gateway=hill/stream=s2/9.raw";
        await bench.Store.PutNewAsync(mixed, frames.WrittenMemory, Stop);
        await bench.Store.PutNewAsync(rubbish, "<html>"u8.ToArray(), Stop);

        var transform = bench.Transform();
        await transform.PassAsync(Stop);

        Assert.Equal([1d, 2], (await bench.RowsAsync()).Select(r => r.Value));
        Assert.Equal(
            [(mixed, "damaged_object"), (mixed, "not_json"), (rubbish, "damaged_object")],
            transform.State().Unreadable.Select(u => (u.Object, u.Reason)).Order());
        Assert.Contains(
            "sequences 1 to 1", transform.State().Unreadable.Single(u => u.Reason == "not_json").Detail, StringComparison.Ordinal);
        var later = bench.Transform();
        Assert.Equal(0, (await later.PassAsync(Stop)).Objects);
        Assert.Equal(3, later.State().Unreadable.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADamagedOrMissingFileIsMadeAgainFromItsRawObjects(bool missing)
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1), Reading(1, 2));
        await bench.PutAsync(Noon.AddSeconds(1), Reading(0, 9), Reading(65, 3));
        await bench.PassAsync();
        var whole = await bench.RowsAsync();
        await SpoilAsync(bench, missing);
        await Assert.ThrowsAsync<InvalidDataException>(() => bench.RowsAsync());

        await bench.PutAsync(Noon.AddSeconds(2), Reading(2, 4));
        await bench.PassAsync();

        var rows = await bench.RowsAsync();
        Assert.Equal(4, rows.Count);
        Assert.Subset(rows.ToHashSet(), whole.ToHashSet());
        var manifest = Assert.Single(await bench.ManifestsAsync());
        Assert.Null(manifest.Held);
        Assert.Equal((5, 3), (manifest.Readings, manifest.Sources.Count));
    }

    [Fact]
    public async Task ADamagedFileWhoseRawObjectsAreGoneIsHeldAndNamed()
    {
        using var bench = new CuratedBench();
        var gone = await bench.PutAsync(Noon, Reading(0, 1));
        await bench.PassAsync();
        await SpoilAsync(bench, missing: false);
        await bench.Store.DeleteAsync(gone, Stop);
        await bench.PutAsync(Noon.AddSeconds(2), Reading(2, 4));
        await bench.PassAsync();

        var held = Assert.Single(await bench.ManifestsAsync()).Held!;
        Assert.Equal(QualityCheck.DamagedFile, held.Reason);
        Assert.Contains(gone, held.Detail, StringComparison.Ordinal);
        Assert.Single(held.Sources);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ADamagedFileWhoseRawObjectsAreDamagedTooIsHeldAndKeepsTheOtherFiles(bool emptied)
    {
        using var bench = new CuratedBench();
        var raw = await bench.PutFromAsync("hill", Noon, [Reading(0, 1)], [Reading(65, 2)]);
        await bench.PassAsync();
        await SpoilAsync(bench, missing: false);
        var files = Assert.Single(await bench.ManifestsAsync()).Files;
        Assert.Equal(2, files.Count);
        var bytes = (await bench.Store.GetAsync(raw, Stop))!;
        bytes[bytes.Length / 2] ^= 0x10;
        bytes[^3] ^= 0x10;
        await bench.Store.PutAsync(raw, emptied ? default : bytes, Stop);

        var partition = Assert.Single(await bench.ManifestsAsync()).Partition;
        var now = await bench.Publisher().MendAsync(partition, "a file is damaged", Stop);

        Assert.Equal(QualityCheck.DamagedFile, now.Held!.Reason);
        Assert.Contains($"{raw}, which it was made from, is damaged", now.Held.Detail, StringComparison.Ordinal);
        Assert.Equal(files, now.Files);
    }

    [Fact]
    public async Task AManifestThatCannotBeReadStopsItsPartitionAlone()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon, Reading(0, 1), Reading(0, 50, "a1", Metrics.Weight));
        await bench.PassAsync();
        var key = Climate.ManifestKey(1);
        var good = (await bench.Store.GetAsync(key, Stop))!;
        await bench.Store.PutAsync(key, "{\"format\":1}"u8.ToArray(), Stop);
        await bench.PutAsync(Noon, Reading(1, 2), Reading(1, 51, "a1", Metrics.Weight));
        var transform = bench.Transform();
        await transform.PassAsync(Stop);
        bench.Time.Advance(TimeSpan.FromDays(1));
        await new Sweep(bench.Store, bench.Publisher(), bench.Time).RunAsync(bench.Options.Grace, Stop);
        Assert.Contains(transform.State().Unreadable, u => u.Reason == "damaged_manifest");

        await bench.Store.PutAsync(key, good, Stop);
        await bench.PassAsync();
        Assert.Equal([1d, 2, 50, 51], (await bench.RowsAsync()).Select(r => r.Value));
    }

    [Fact]
    public async Task FilesOfAnOlderSchemaMergeWithNewOnes()
    {
        using var bench = new CuratedBench();
        await OldFileAsync(bench, CuratedSchema.Of(1));
        var old = Assert.Single(await bench.RowsAsync());
        Assert.Equal(("a1", 19.5, DateTimeOffset.UnixEpoch, "", "hive-1"), (old.Device, old.Value, old.Received, old.Gateway, old.Hive));

        await bench.PutAsync(Noon, Reading(5, 21), Reading(0, 77));
        await bench.PassAsync();

        var rows = await bench.RowsAsync();
        Assert.Equal([19.5, 21], rows.Select(r => r.Value));
        Assert.Equal("hill", rows[1].Gateway);
        Assert.Equal(2, Assert.Single(await bench.ManifestsAsync()).Schema);
    }

    [Fact]
    public async Task AFileWhoseColumnsAreNotItsSchemasHoldsThePartition()
    {
        using var bench = new CuratedBench();
        await OldFileAsync(
            bench, [.. CuratedSchema.Of(1).Select(c => c.Name == CuratedSchema.Quality ? c with { Physical = PhysicalType.Int64 } : c)]);
        await bench.PutAsync(Noon, Reading(5, 21));
        await bench.PassAsync();
        var held = Assert.Single(await bench.ManifestsAsync()).Held!;
        Assert.Equal(QualityCheck.SchemaDrift, held.Reason);
        Assert.Contains("quality", held.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void ASchemaIsOnlyAddedTo()
    {
        for (var version = 2; version <= CuratedSchema.Current; version++)
            Assert.Subset(CuratedSchema.Of(version).ToHashSet(), CuratedSchema.Of(version - 1).ToHashSet());
        Assert.Equal(
            "device,metric,time,value,unit,quality,hive,site", string.Join(',', CuratedSchema.Of(1).Select(c => c.Name)));
        Assert.Equal(
            "device,metric,time,value,unit,quality,received,gateway,hive,site", string.Join(',', CuratedSchema.Of(2).Select(c => c.Name)));
    }

    private const string Envelope =
        """{"schema":1,"gateway":"flood","stream":"s1","first":1,"last":1,"sent":"2021-07-01T12:00:00Z","clock":"synchronised" """;

    private static byte[] Readings(int count) => Zipped(
        $"{Envelope},\"senml\":[{{\"bn\":\"f1/\",\"n\":\"w\",\"v\":1}},{Again(count)}]}}");

    private static string Again(int count) => string.Join(',', Enumerable.Repeat("{\"n\":\"w\",\"v\":1}", count));

    private static string OfOne(int unit) =>
        $"{Envelope},\"senml\":[{{\"bn\":\"f1/\",\"n\":\"w\",\"v\":1,\"u\":\"{new string('x', unit)}\"}}]}}";

    private static byte[] Zipped(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static Reading Bad(int minute) => Reading(minute, -40) with { Quality = Quality.OutOfRange };

    private static async Task SpoilAsync(CuratedBench bench, bool missing)
    {
        foreach (var file in (await bench.ManifestsAsync()).SelectMany(m => m.Files))
        {
            var bytes = (await bench.Store.GetAsync(file.Key, Stop))!;
            bytes[bytes.Length / 3] ^= 0x40;
            await (missing ? bench.Store.DeleteAsync(file.Key, Stop) : bench.Store.PutAsync(file.Key, bytes, Stop));
        }
    }

    /// <summary>Publishes one row as schema 1 had it, in the columns given.</summary>
    private static async Task OldFileAsync(CuratedBench bench, IReadOnlyList<CuratedColumn> columns)
    {
        using var stream = new MemoryStream();
        using (var node = new ParquetSharp.Schema.GroupNode("curated", Repetition.Required, [.. columns.Select(c => c.Node())]))
        using (var writer = new ParquetFileWriter(
            new ParquetSharp.IO.ManagedOutputStream(stream, leaveOpen: true), node, WriterProperties.GetDefaultWriterProperties()))
        {
            using (var group = writer.AppendRowGroup())
            {
                foreach (var column in columns)
                {
                    using var next = group.NextColumn();
                    if (column.Physical == PhysicalType.ByteArray && column.Optional)
                        ((LogicalColumnWriter<string?>)next.LogicalWriter()).WriteBatch([column.Name == "hive" ? "hive-1" : null]);
                    else if (column.Physical == PhysicalType.ByteArray)
                        ((LogicalColumnWriter<string>)next.LogicalWriter()).WriteBatch(
                            [column.Name switch { "device" => "a1", "metric" => Metrics.HiveTemperature, _ => "Cel" }]);
                    else if (column.Name == "time")
                        ((LogicalColumnWriter<DateTime>)next.LogicalWriter()).WriteBatch([Noon.UtcDateTime]);
                    else if (column.Physical == PhysicalType.Double)
                        ((LogicalColumnWriter<double>)next.LogicalWriter()).WriteBatch([19.5]);
                    else if (column.Physical == PhysicalType.Int64)
                        ((LogicalColumnWriter<long>)next.LogicalWriter()).WriteBatch([0L]);
                    else
                        ((LogicalColumnWriter<int>)next.LogicalWriter()).WriteBatch([0]);
                }
            }

            writer.Close();
        }

        var key = Climate.NewDataKey(12, bench.Time.GetUtcNow());
        var bytes = stream.ToArray();
        await bench.Store.PutNewAsync(key, bytes, Stop);
        var file = new ManifestFile(
            key, 12, 1, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), 1, 0);
        await new Manifests(bench.Store).PublishAsync(
            Manifest.Empty(Climate) with { Version = 1, Schema = 1, Rows = 1, Readings = 1, Files = [file] }, Stop);
    }
}
