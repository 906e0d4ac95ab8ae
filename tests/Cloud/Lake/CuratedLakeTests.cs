using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry;
using ParquetSharp;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedLakeTests
{
    [Fact]
    public void TheFilesHoldWhatTheStoreHolds()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        var lake = new CuratedLake(folder.File("curated"), store, Apiary.From(Some.Apiary()));
        var readings = Enumerable.Range(0, 400).SelectMany(i => new[]
        {
            Reading(i * 1.7, i * 0.1, "zz"), Reading(i * 1.7, 50 + (i * 0.01), "a1", Metrics.HiveHumidity), Reading(i * 1.7, 30 + (i * 0.01), "a1"),
        }).ToArray();
        store.Store(new Batch("gw", "s", 1, 1, Noon, "", [], readings));
        store.Store(new Batch("gw", "s", 2, 2, Noon, "", [], [Reading(0.5, -40, "a1") with { Quality = Quality.OutOfRange | Quality.Synthetic }]));

        foreach (var (hour, change) in store.ChangedHours(100))
            lake.Write(hour, change);

        Assert.Empty(store.ChangedHours(100));
        Assert.Equal(12, lake.Files);
        Assert.Empty(Directory.GetFiles(folder.Path, ".*", SearchOption.AllDirectories));
        var rows = Directory.GetFiles(folder.File("curated"), "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Read).ToArray();
        var expected = store.All().SelectMany(s => store.Range(s.Device, s.Metric, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
            .Select(o => new Row(s.Device.ToString(), s.Metric, o.Time, o.Value, s.Unit, (int)o.Quality, s.Device.ToString() == "a1" ? "hive-1" : null, s.Device.ToString() == "a1" ? "montreal" : null)));
        Assert.Equal(1201, rows.Length);
        Assert.Equal(expected.ToHashSet(), rows.ToHashSet());
        foreach (var file in rows.GroupBy(r => r.Time.ToUnixTimeSeconds() / 3600))
            Assert.Equal(file.OrderBy(r => r.Device, StringComparer.Ordinal).ThenBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.Time), file);
    }

    [Fact]
    public void AnHourIsWrittenAgainWholeAndUnderItsUtcName()
    {
        using var folder = new TempFolder();
        using var store = new LiteObservations(folder.File("hot.db"));
        var lake = new CuratedLake(folder.File("curated"), store, Apiary.From(Some.Apiary()));
        for (var i = 1; i <= 2; i++)
        {
            store.Store(new Batch("gw", "s", i, i, Noon, "", [], [Reading(i, i)]));
            var (hour, change) = Assert.Single(store.ChangedHours(100));
            lake.Write(hour, change);
            Assert.Equal(i, Read(folder.File("curated/date=2021-07-01/hour=12.parquet")).Count);
        }
    }

    [Fact]
    public async Task TheCloudWritesAnHourOnceItIsPast()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.Start(folder.Path);
        await using var gateway = await Connect(cloud, cloud.Enrol("hill"), "hill");

        await gateway.Send(Encode("hill", 1, Reading(0, 1), Reading(70, 2)));

        var file = cloud.Get<CuratedLake>().PathOf(Noon);
        using var seen = new FileSystemWatcher(cloud.Data.Path) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        var written = new TaskCompletionSource();
        seen.Renamed += (_, _) => written.TrySetResult();
        if (!File.Exists(file))
            await written.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Single(Read(file));
    }

    private static List<Row> Read(string file)
    {
        using var reader = new ParquetFileReader(file);
        Assert.Equal("device,metric,time,value,unit,quality,hive,site", string.Join(',', Enumerable.Range(0, reader.FileMetaData.NumColumns).Select(i => reader.FileMetaData.Schema.Column(i).Name)));
        using var group = reader.RowGroup(0);
        Assert.Equal(Compression.Zstd, group.MetaData.GetColumnChunkMetaData(0).Compression);
        var n = checked((int)group.MetaData.NumRows);
        string[] device = All<string>(0), metric = All<string>(1), unit = All<string>(4);
        string?[] hive = All<string?>(6), site = All<string?>(7);
        var time = All<DateTime>(2);
        var value = All<double>(3);
        var quality = All<int>(5);
        return [.. Enumerable.Range(0, n).Select(i => new Row(device[i], metric[i], new DateTimeOffset(DateTime.SpecifyKind(time[i], DateTimeKind.Utc)), value[i], unit[i], quality[i], hive[i], site[i]))];

        T[] All<T>(int column) => group.Column(column).LogicalReader<T>().ReadAll(n);
    }

    private sealed record Row(string Device, string Metric, DateTimeOffset Time, double Value, string Unit, int Quality, string? Hive, string? Site);
}
