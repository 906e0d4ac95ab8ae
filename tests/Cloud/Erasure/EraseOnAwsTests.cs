using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Tests.Forecasts.Documents;
using IotGateway.Cloud.Tests.Lake;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using static IotGateway.Cloud.Tests.TestGateway;
using Metrics = IotGateway.Telemetry.Metrics;

namespace IotGateway.Cloud.Tests.Erasure;

/// <summary>The commands on a bucket and tables, looked at afterwards by clients that are not the product's.</summary>
public sealed class EraseOnAwsTests(Ceph ceph, AwsServices aws) : IAsyncLifetime
{
    private static readonly AwsOptions Options = new() { Region = AwsServices.Region };
    private static readonly DeviceId Gone = EraserTests.Gone, Also = DeviceId.Parse("gone-too"), Stays = DeviceId.Parse("stays");

    private readonly string _prefix = $"t{Guid.NewGuid():N}-";
    private string _bucket = "", _dynamo = "";
    private S3Objects _objects = null!;
    private DynamoDatabase _database = null!;
    private CuratedBench _bench = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_bucket, _dynamo) = (await ceph.BucketAsync(), await aws.DynamoAsync());
        _objects = new S3Objects(_bucket, Options, ceph.Url, TimeProvider.System, Ceph.Credentials);
        _database = new DynamoDatabase(_prefix, Options, _dynamo, TimeProvider.System, AwsServices.Credentials);
        await _database.CreateTablesAsync(Stop);
        _bench = new CuratedBench(_objects);
    }

    public ValueTask DisposeAsync()
    {
        _bench.Dispose();
        _objects.Dispose();
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ErasureOnAwsTakesTheDevicesReadingsAlone()
    {
        await FillAsync();
        Assert.Equal(1, await EraseAsync("--verify"));
        var before = await ItemsAsync();
        Assert.Contains(before, i => i.Contains(Gone.ToString(), StringComparison.Ordinal));

        Assert.Equal(0, await EraseAsync());

        var objects = await ceph.KeysAsync(_bucket);
        foreach (var key in objects)
            Assert.False(Mentions(await ceph.ContentAsync(_bucket, key)), key);
        Assert.Equal(
            objects.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)),
            (await _bench.ManifestsAsync()).SelectMany(m => m.Files).Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.Equal([4d, 1, 3], (await _bench.RowsAsync()).Select(r => r.Value));
        Assert.All(await _bench.RowsAsync(), r => Assert.Equal(Stays.ToString(), r.Device));
        Assert.Single(objects, k => k.StartsWith("quarantine/", StringComparison.Ordinal));

        string[] others = [Stays.ToString(), TimedDocumentsTests.HiveOf(Stays).ToString(), "gateway"];
        Assert.Equal(before.Where(i => Array.Exists(others, o => i.Contains(o, StringComparison.Ordinal))), await ItemsAsync());

        var record = JsonNode.Parse(
            await ceph.ContentAsync(_bucket, Assert.Single(objects, k => k.StartsWith("erased/", StringComparison.Ordinal))))!;
        Assert.True((bool)record["complete"]!);
        Assert.Equal(2, record["devicesSha256"]!.AsArray().Count);
        Assert.Equal(
            ["curated lake 8", "observations 5", "quarantined objects 1", "raw lake 5", "states and forecasts 2"],
            record["before"]!
                .AsObject()
                .Where(p => (int)p.Value!["entries"]! > 0)
                .Select(p => $"{p.Key} {p.Value!["entries"]}")
                .Order(StringComparer.Ordinal));
        Assert.Contains(record["notCovered"]!.AsArray(), n => ((string)n!).Contains("queue", StringComparison.Ordinal));
        Assert.Equal(0, await EraseAsync("--verify"));

        // What comes afterwards is found.
        await new DynamoObservations(_database, 0, TimeProvider.System).StoreAsync(
            [new Batch("hill", "s1", 99, 99, Noon, "", [], [Reading(700, 1, Also.ToString())])], null, Stop);
        Assert.Equal(1, await EraseAsync("--verify"));
    }

    [Fact]
    public async Task ABucketThatKeepsVersionsIsNotCalledErased()
    {
        using (var client = ceph.Client())
            await client.PutBucketVersioningAsync(
                new PutBucketVersioningRequest
                {
                    BucketName = _bucket,
                    VersioningConfig = new S3BucketVersioningConfig { Status = Amazon.S3.VersionStatus.Enabled },
                }, Stop);
        await FillAsync();

        Assert.Equal(1, await EraseAsync());

        var record = JsonNode.Parse(
            await ceph.ContentAsync(
                _bucket, Assert.Single(await ceph.KeysAsync(_bucket), k => k.StartsWith("erased/", StringComparison.Ordinal))))!;
        Assert.False((bool)record["complete"]!);
        Assert.Contains(record["notCovered"]!.AsArray(), n => ((string)n!).Contains("older versions of objects", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AReadingWhoseMonthWasNeverNotedIsFoundAndErased()
    {
        // As a crash leaves it, or a hand: an item without anything that leads to it.
        await new ReadingItems(_database).AddAsync(Gone, Noon, [Reading(0, 1, Gone.ToString())], null, Stop);
        Assert.Equal(1, await EraseAsync("--verify"));
        Assert.Equal(0, await EraseAsync());
        Assert.Empty(await ItemsAsync());
    }

    [Fact]
    public async Task WhatIsOlderThanItIsKeptGoesFromBucketAndTables()
    {
        await FillAsync();
        var today = TimeProvider.System.GetUtcNow();
        var store = new DynamoObservations(_database, 0, TimeProvider.System);
        Reading young = new(
            Stays, Metrics.HiveTemperature, DateTimeOffset.FromUnixTimeSeconds(today.AddDays(-1).ToUnixTimeSeconds()), 9, "Cel",
            Quality.Good, today);
        await store.StoreAsync([new Batch("hill", "s1", 50, 50, today, "", [], [young])], null, Stop);
        var documents = new DynamoTimedDocuments(_database, 0, TimeProvider.System);
        await documents.AddAsync(TimedDocumentsTests.HiveOf(Stays), "state", [TimedDocumentsTests.Said(today, "young", Stays)], Stop);
        string[] limits = ["--raw-days", "30", "--curated-days", "30", "--quarantine-days", "30", "--hot-days", "30"];
        var (objects, items) = (await ceph.KeysAsync(_bucket), await ItemsAsync());

        Assert.Equal(0, await Commands.RunAsync(["retain", .. limits, .. Aws]));
        Assert.Equal(objects, await ceph.KeysAsync(_bucket));
        Assert.Equal(items, await ItemsAsync());

        Assert.Equal(0, await Commands.RunAsync(["retain", .. limits, "--apply", .. Aws]));
        var left = await ceph.KeysAsync(_bucket);
        Assert.DoesNotContain(
            left, k => k.StartsWith("raw/", StringComparison.Ordinal) || k.StartsWith("quarantine/", StringComparison.Ordinal));
        Assert.Empty(await _bench.RowsAsync());
        Assert.Equal(["stays"], (await store.DevicesAsync(null, 9, Stop)).Select(d => d.ToString()));
        Assert.Equal(
            9, Assert.Single(
                await store.RangeAsync(Stays, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 99, Stop)).Value);
        Assert.DoesNotContain(await ItemsAsync(), i => i.Contains("gone", StringComparison.Ordinal));
        Assert.Equal(1, await documents.ForgetAsync(DateTimeOffset.MaxValue, delete: false, Stop));
    }

    private string[] Aws =>
    [
        "--Aws:Region", AwsServices.Region, "--Lake:Store", "s3", "--Lake:Bucket", _bucket, "--Lake:ServiceUrl", ceph.Url,
        "--Observations:Store", "dynamodb", "--Observations:ServiceUrl", _dynamo, "--Observations:TablePrefix", _prefix,
    ];

    private async Task<int> EraseAsync(params string[] how) =>
        (await Commands.RunAsync(["erase", "--device", $"{Gone},{Also}", .. how, .. Aws]))!.Value;

    /// <summary>Three raw objects with their transform, tables, states and quarantined messages, of three devices.</summary>
    private async Task FillAsync()
    {
        Reading[][] batches =
        [
            [Reading(0, 1, Stays.ToString()), Reading(0, 1, Gone.ToString()), Reading(60, 2, Gone.ToString())],
            [Reading(1, 1, Gone.ToString()), Reading(1, 2, Gone.ToString(), Metrics.Weight)],
            [Reading(2, 3, Stays.ToString()), Reading(-1440, 4, Stays.ToString()), Reading(-50_000, 4, Also.ToString())],
        ];
        var store = new DynamoObservations(_database, 0, TimeProvider.System);
        for (var i = 0; i < batches.Length; i++)
        {
            await _bench.PutAsync(Noon.AddSeconds(i), batches[i]);
            await _bench.PassAsync();
            await store.StoreAsync([new Batch("hill", "s1", i + 1, i + 1, Noon, "", [], batches[i])], null, Stop);
        }

        var documents = new DynamoTimedDocuments(_database, 0, TimeProvider.System);
        foreach (var device in new[] { Gone, Also, Stays })
            await documents.AddAsync(TimedDocumentsTests.HiveOf(device), "state", [TimedDocumentsTests.Said(0, "said", device)], Stop);
        foreach (var device in new[] { Gone, Stays })
        {
            var payload = Convert.ToBase64String(Zip($"no batch, but of {device}/"));
            var message = $$"""{"payload":"{{payload}}","topic":"dt/hill/batch","client":"hill"}""";
            await _objects.PutNewAsync(
                $"quarantine/received=2021-07-01/gateway=hill/{device}.not_json.json", Encoding.UTF8.GetBytes(message), Stop);
        }
    }

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static bool Mentions(byte[] bytes) =>
        EraserTests.Holds(bytes) || bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Also.ToString())) >= 0;

    /// <summary>All items of both tables as text, by a client apart.</summary>
    private async Task<List<string>> ItemsAsync()
    {
        using var client = await aws.DynamoClientAsync();
        var items = new List<string>();
        foreach (var table in new[] { "readings", "state" })
        {
            var page = await client.ScanAsync(new ScanRequest(_prefix + table), Stop);
            Assert.Empty(page.LastEvaluatedKey ?? []);
            items.AddRange(
                page.Items.Select(i => string.Join(
                    ' ',
                    i.Where(a => a.Key != "Version").OrderBy(
                        a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value.S ?? a.Value.N}"))));
        }

        items.Sort(StringComparer.Ordinal);
        return items;
    }
}
