using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Cloud.Operations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Operations;

/// <summary>The status over DynamoDB costs the same however many devices there are.</summary>
public sealed class StatusOnTablesTests(AwsServices aws) : IAsyncLifetime
{
    private readonly Counting _calls = new();
    private DynamoDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = new DynamoDatabase(
            $"t{Guid.NewGuid():N}-", new AwsOptions { Region = AwsServices.Region }, await aws.DynamoAsync(), TimeProvider.System,
            AwsServices.Credentials, _calls);
        await _database.CreateTablesAsync(Stop);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddSingleton<IObservations>(new DynamoObservations(_database, 0, TimeProvider.System));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Apiary.From(Sites.Some.Apiary()));
        services.AddSingleton<IngestCounters>();
        services.AddSingleton<GatewayRegistry>();
        services.AddSingleton(new EnrolledGateways("none"));
        services.AddSingleton<GatewayList>();
        services.AddSingleton(new CuratedLake { IsMadeHere = false });
        services.AddSingleton<QueueState>();
        services.AddSingleton(new LakeFaults(new DataFolder("none"), TimeProvider.System, NullLogger<LakeFaults>.Instance));
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapStatus();
        await _app.StartAsync(Stop);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task APageOfDevicesIsOneQueryAndARequestEach()
    {
        var store = new DynamoObservations(_database, 0, TimeProvider.System);
        await store.StoreAsync(
            [new Batch("gw", "s", 1, 1, Noon, "", [], [.. Enumerable.Range(0, 30).Select(i => Reading(0, i, $"d{i:D3}"))])], null, Stop);
        for (var more = 30; more < 500; more++)
            await _database.PutAsync(_database.Tables.State, new() { ["Owner"] = new("devices"), ["Item"] = new($"d{more:D3}") }, Stop);

        _calls.Made.Clear();
        var status = await GetAsync("/api/status?limit=20");
        Assert.Equal(
            ["GetItem 20", "Query 1"], _calls.Made.CountBy(c => c).Select(c => $"{c.Key} {c.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"d{i:D3}"), Devices(status));
        Assert.Equal("/api/status?after=d019&limit=20", (string?)status["next"]);
        Assert.Null(status["readings"]);
        Assert.Null(status["curated"]);
        Assert.Null(status["curatedFiles"]);

        var rest = await GetAsync((string)status["next"]!);
        Assert.Equal(Enumerable.Range(20, 10).Select(i => $"d{i:D3}"), Devices(rest));
        Assert.Null((await GetAsync("/api/status?after=d400&limit=1000"))["next"]);
    }

    [Theory]
    [InlineData("after=a/b", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    public async Task AWrongPageIsRefusedByName(string query, string parameter)
    {
        using var answer = await _http.GetAsync(new Uri($"/api/status?{query}", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(parameter, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["parameter"]);
    }

    private static IEnumerable<string> Devices(JsonNode status) => status["series"]!.AsArray().Select(s => (string)s!["device"]!);

    private async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative), Stop))!;

    /// <summary>Notes the name of each call.</summary>
    private sealed class Counting : HttpClientFactory
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Made { get; } = [];

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

        private sealed class Handler(Counting counting) : DelegatingHandler(new SocketsHttpHandler())
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                counting.Made.Enqueue(request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1]);
                return base.SendAsync(request, cancellationToken);
            }
        }
    }
}
