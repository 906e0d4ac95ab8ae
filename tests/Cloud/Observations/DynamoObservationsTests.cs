using Amazon.DynamoDBv2.Model;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

[assembly: AssemblyFixture(typeof(AwsServices))]

namespace IotGateway.Cloud.Tests.Observations;

/// <summary>Against dynoxide, behind botocore's check of the signatures.</summary>
public sealed class DynamoObservationsTests(AwsServices aws) : ObservationsTests, IDisposable
{
    private static readonly AwsOptions Options = new() { Region = AwsServices.Region };
    private static readonly DeviceId A1 = DeviceId.Parse("a1");

    private readonly List<DynamoDatabase> _open = [];

    protected override int Histories => 8;

    public void Dispose() => _open.ForEach(d => d.Dispose());

    [Fact]
    public async Task TwoWorkersThatGetTheSameBatchesStoreThemOnce()
    {
        var database = await DatabaseAsync();
        var workers = Enumerable.Range(0, 4)
            .Select(_ => (IObservations)new DynamoObservations(database, 13, TimeProvider.System))
            .ToArray();
        var random = new Random(7);
        var batches = Enumerable.Range(1, 24)
            .Select(i => Given(
                i, [.. Enumerable.Range(0, 12).Select(k => Reading((((i * 12) + k) * 7 % 288) * 10, k, device: k % 2 == 0 ? "a1" : "b2"))]))
            .ToArray();

        // Each gets all, in an order of its own.
        var results = await Task.WhenAll(workers.Select(async worker =>
        {
            Batch[] order;
            lock (random)
                order = [.. batches.OrderBy(_ => random.Next())];
            var sum = 0;
            foreach (var some in order.Chunk(3))
                sum += (await worker.StoreAsync(some, null, Stop)).Sum(r => r.Stored);
            return sum;
        }));

        var one = workers[0];
        Assert.Equal(288, results.Sum());
        Assert.Equal(288, (await AllSeriesAsync(one)).Sum(s => s.Count));
        Assert.Equal([new SequenceRange(1, 24)], (await one.AppliedAsync("gw", "s", Stop)).Ranges);
        foreach (var device in new[] { A1, DeviceId.Parse("b2") })
        {
            var all = await one.RangeAsync(device, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 9_999, Stop);
            var buckets = await one.BucketsAsync(
                device, Metrics.HiveTemperature, Noon.AddDays(-1), Noon.AddDays(9), TimeSpan.FromHours(1), Stop);
            Assert.Equal(
                all.GroupBy(o => HourItems.HourOf(o.Time)).Select(g => (g.Key, g.Count(), g.Sum(o => o.Value))),
                buckets.Select(b => (b.From, b.Count, Math.Round(b.Mean * b.Count, 6))));
        }
    }

    [Fact]
    public async Task WhatAWorkerLeftHalfDoneTheNextOneFinishes()
    {
        var database = await DatabaseAsync();
        var store = new DynamoObservations(database, 13, TimeProvider.System);
        await store.StoreAsync([Given(1, Reading(0, 1))], null, Stop);

        // Readings written, but neither the hour nor the newest values nor the sequences: as after kill -9.
        var late = Reading(30, 5);
        await new ReadingItems(database).AddAsync(A1, late.Time, [late], null, Stop);
        await new ReadingItems(database).AddAsync(A1, Noon.AddHours(1), [Reading(60, 7)], null, Stop);
        var result = Assert.Single(await store.StoreAsync([Given(2, late, Reading(60, 7))], null, Stop));

        Assert.Equal(new StoreResult(0, 2, 0), result);
        Assert.Equal(
            [new Bucket(Noon, 2, 1, 3, 5), new Bucket(Noon.AddHours(1), 1, 7, 7, 7)],
            await store.BucketsAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddHours(9), TimeSpan.FromHours(1), Stop));
        Assert.Equal(7, Assert.Single(await store.LatestAsync(A1, Stop)).Latest.Value);
        Assert.Equal(2, (await store.AppliedAsync("gw", "s", Stop)).Contiguous);
    }

    [Fact]
    public async Task AReadingThatComesWhileItsHourIsEndedIsInItsBucket()
    {
        var made = await DatabaseAsync();
        var other = new DynamoObservations(made, 13, TimeProvider.System);
        await other.StoreAsync([Given(1, Reading(0, 1), Reading(10, 2))], null, Stop);

        // While this worker ends the hour, having computed it, another gets a reading of it that was written but not accounted for.
        var late = Reading(5, 9);
        var between = new BeforePut("latest", async () =>
        {
            await new ReadingItems(made).AddAsync(A1, late.Time, [late], null, Stop);
            await other.StoreAsync([Given(2, late)], null, Stop);
        });
        using var database = new DynamoDatabase(
            made.Tables.Readings[..^"readings".Length], Options, await aws.DynamoAsync(), TimeProvider.System, AwsServices.Credentials,
            between);
        await new DynamoObservations(database, 13, TimeProvider.System).StoreAsync([Given(3, Reading(60, 3))], null, Stop);

        var buckets = await other.BucketsAsync(A1, Metrics.HiveTemperature, Noon, Noon.AddHours(9), TimeSpan.FromHours(1), Stop);
        Assert.Equal([new Bucket(Noon, 3, 1, 4, 9), new Bucket(Noon.AddHours(1), 1, 3, 3, 3)], buckets);
    }

    [Fact]
    public async Task APutWhoseAnswerIsLostIsKnownAgain()
    {
        var made = await DatabaseAsync();
        using var database = new DynamoDatabase(
            made.Tables.Readings[..^"readings".Length], Options, await aws.DynamoAsync(), TimeProvider.System, AwsServices.Credentials,
            new LostAnswers());
        var store = new DynamoObservations(database, 13, TimeProvider.System);

        for (var i = 1; i <= 6; i++)
            await store.StoreAsync([Given(i, Reading(i * 20, i))], null, Stop);

        Assert.Equal(6, Assert.Single(await store.LatestAsync(A1, Stop)).Count);
        Assert.Equal(6, (await store.AppliedAsync("gw", "s", Stop)).Contiguous);
        Assert.Equal(
            6, (await store.BucketsAsync(
                A1, Metrics.HiveTemperature, Noon, Noon.AddHours(9), TimeSpan.FromHours(1), Stop)).Sum(b => b.Count));
    }

    [Fact]
    public async Task AFrameIsOneItemThatOthersCanRead()
    {
        var database = await DatabaseAsync();
        var time = new FakeTimeProvider(Noon);
        var store = new DynamoObservations(database, 13, time);
        await store.StoreAsync(
            [Given(1, Reading(0, 35.25), Reading(0, 61, metric: Metrics.HiveHumidity) with { Quality = Quality.Synthetic })], null, Stop);

        using var client = await aws.DynamoClientAsync();
        var item = Assert.Single((await client.ScanAsync(new ScanRequest(database.Tables.Readings), Stop)).Items);

        Assert.Equal("a1#2021-07", item["Partition"].S);
        Assert.Equal($"{Noon.ToUnixTimeMilliseconds()}", item["Time"].N);
        Assert.Equal("35.25", item["hive_temperature"].N);
        Assert.Equal(("61", "512"), (item["hive_humidity"].M["v"].N, item["hive_humidity"].M["q"].N));
        Assert.Equal($"{Noon.AddMonths(13).ToUnixTimeSeconds()}", item["Expires"].N);
        var ttl = (await client.DescribeTimeToLiveAsync(database.Tables.Readings, Stop)).TimeToLiveDescription;
        Assert.Equal("Expires", ttl.AttributeName);
    }

    [Fact]
    public async Task AStreamOfManyHolesStaysSmallAndHonest()
    {
        var store = new DynamoObservations(await DatabaseAsync(), 13, TimeProvider.System);
        await store.StoreAsync([.. Enumerable.Range(1, 700).Select(i => Given(i * 2))], null, Stop);
        await store.StoreAsync([Given(1)], null, Stop);

        var applied = await store.AppliedAsync("gw", "s", Stop);

        Assert.Equal(GatewayItems.MostRanges, applied.Ranges.Count);
        Assert.Equal(2, applied.Contiguous);
        Assert.Equal(1400, applied.Ranges[^1].Last);
        Assert.All(applied.Ranges.Skip(1), r => Assert.Equal((1, 0), (r.Count, r.First % 2)));
    }

    [Fact]
    public async Task AnItemThatIsTooLargeIsNamedAtOnce()
    {
        var store = new DynamoObservations(await DatabaseAsync(), 13, TimeProvider.System);
        var readings = Enumerable.Range(0, 7_000)
            .Select(i => Reading(0, 0.12345678901234567, metric: $"a_metric_with_a_name_as_long_as_it_may_be_{i:D5}") with
            {
                Quality = Quality.UnknownMetric,
            })
            .ToArray();

        var failure = await Assert.ThrowsAsync<AwsException>(() => store.StoreAsync([Given(1, readings)], null, Stop));

        Assert.Equal(AwsFaultKind.TooLarge, failure.Fault.Kind);
        Assert.Empty((await store.AppliedAsync("gw", "s", Stop)).Ranges);
    }

    [Fact]
    public async Task AWrongSecretIsToldAtOnce()
    {
        var url = await aws.DynamoAsync();
        using var database = new DynamoDatabase("never-", Options, url, TimeProvider.System, AwsServices.WrongSecret);

        var failure =
            await Assert.ThrowsAsync<AwsException>(() => new DynamoObservations(database, 13, TimeProvider.System).LatestAsync(A1, Stop));

        Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
        Assert.StartsWith(
            "tables never-*, get: InvalidSignatureException: the credentials are refused.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableThatDoesNotExistIsToldAtOnce()
    {
        var url = await aws.DynamoAsync();
        using var database = new DynamoDatabase("never-", Options, url, TimeProvider.System, AwsServices.Credentials);

        var failure =
            await Assert.ThrowsAsync<AwsException>(() => new DynamoObservations(database, 13, TimeProvider.System).LatestAsync(A1, Stop));

        Assert.Contains(
            "ResourceNotFoundException: the table or topic does not exist in this region", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Does something before the first put of a kind of item.</summary>
    private sealed class BeforePut(string item, Func<Task> act) : Amazon.Runtime.HttpClientFactory
    {
        private int _done;

        public override HttpClient CreateHttpClient(Amazon.Runtime.IClientConfig clientConfig) => new(new Handler(this));

        private async Task SeenAsync(HttpRequestMessage request)
        {
            if (request.Headers.GetValues("X-Amz-Target").Single().EndsWith(".PutItem", StringComparison.Ordinal)
                && (await request.Content!.ReadAsStringAsync(Stop)).Contains($"\"{item}\"", StringComparison.Ordinal)
                && Interlocked.Exchange(ref _done, 1) == 0)
            {
                await act();
            }
        }

        private sealed class Handler(BeforePut before) : DelegatingHandler(new SocketsHttpHandler())
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                await before.SeenAsync(request);
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>Of the answers to puts every second one is lost, after the service has done what was asked.</summary>
    private sealed class LostAnswers : Amazon.Runtime.HttpClientFactory
    {
        public override HttpClient CreateHttpClient(Amazon.Runtime.IClientConfig clientConfig) => new(new Handler());

        private sealed class Handler() : DelegatingHandler(new SocketsHttpHandler())
        {
            private int _puts;

            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (request.Headers.GetValues("X-Amz-Target").Single().EndsWith(".PutItem", StringComparison.Ordinal)
                    && Interlocked.Increment(ref _puts) % 2 == 1)
                    throw new HttpRequestException("the line broke");
                return answer;
            }
        }
    }

    internal override async Task<IObservations> OpenAsync() => new DynamoObservations(await DatabaseAsync(), 13, TimeProvider.System);

    private async Task<DynamoDatabase> DatabaseAsync()
    {
        var database = new DynamoDatabase(
            $"t{Guid.NewGuid():N}-", Options, await aws.DynamoAsync(), TimeProvider.System, AwsServices.Credentials);
        _open.Add(database);
        Assert.Equal(2, (await database.CreateTablesAsync(Stop)).Count);
        Assert.Empty(await database.CreateTablesAsync(Stop));
        return database;
    }
}
