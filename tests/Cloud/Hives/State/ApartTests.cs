using System.Text.Json;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IotGateway.Cloud.Tests.Hives.State;

/// <summary>Workers that share nothing but the tables: what the forecasters say, the pages show.</summary>
public sealed class ApartTests(AwsServices aws) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly string _prefix = $"t{Guid.NewGuid():N}-";
    private readonly List<(WebApplication App, IDisposable Hold)> _workers = [];
    private string _dynamo = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _dynamo = await aws.DynamoAsync();
        using var database = new DynamoDatabase(
            _prefix, new AwsOptions { Region = AwsServices.Region }, _dynamo, TimeProvider.System, AwsServices.Credentials);
        await database.CreateTablesAsync(Stop);
        Reading[] readings =
        [
            .. Enumerable.Range(0, 30 * 4)
                .Select(q => (Time: Start.AddMinutes((q * 15) + 5), Value: 34.5 + (q % 3 * 0.1)))
                .Select(r => new Reading(DeviceId.Parse("node-a"), Metrics.HiveTemperature, r.Time, r.Value, "Cel", Quality.Good, r.Time)),
        ];
        await new DynamoObservations(database, 0, TimeProvider.System).StoreAsync(
            [new Batch("gw", "s1", 1, 120, Start.AddDays(2), "", [], readings)], null, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, hold) in _workers)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            hold.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task WhatForecastersOfOtherProcessesSayIsOnThePagesAtOnce()
    {
        var web = Worker("web");
        await web.StartAsync(Stop);
        using var http = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
        Assert.Equal(0, await RunsAsync(http));
        Assert.Contains("Not judged yet", await http.GetStringAsync(new Uri("/", UriKind.Relative), Stop), StringComparison.Ordinal);

        var forecasters = new[] { Worker("forecast"), Worker("forecast") };
        await Task.WhenAll(
            forecasters.Select(f => f.Services.GetServices<IHostedService>().OfType<StateRuns>().Single().CatchUpAsync(Stop)));

        var said = forecasters.Sum(f => f.Services.GetRequiredKeyedService<RunCounters>(StateRuns.Counters).Done);
        Assert.InRange(said, 28, 30);
        Assert.All(forecasters, f => Assert.Equal(0, f.Services.GetRequiredKeyedService<RunCounters>(StateRuns.Counters).Failed));
        Assert.Equal(said, await RunsAsync(http));
        await forecasters[0].StartAsync(Stop);
        using var other = new HttpClient { BaseAddress = new Uri(forecasters[0].Urls.First()) };
        var work = JsonElement.Parse(await other.GetStringAsync(new Uri("/api/work", UriKind.Relative), Stop));
        Assert.Equal(
            forecasters[0].Services.GetRequiredKeyedService<RunCounters>(StateRuns.Counters).Done,
            work.GetProperty("states").GetProperty("done").GetInt64());
        Assert.False(work.TryGetProperty("curated", out _));
        var hive = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/hives/a", UriKind.Relative), Stop));
        Assert.Equal("Learning", hive.GetProperty("state").GetProperty("state").GetString());
        Assert.DoesNotContain("Not judged yet", await http.GetStringAsync(new Uri("/", UriKind.Relative), Stop), StringComparison.Ordinal);
        Assert.Contains(
            hive.GetProperty("state").GetProperty("reasons")[0].GetProperty("text").GetString()!,
            await http.GetStringAsync(new Uri("/hives/a", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    private static async Task<int> RunsAsync(HttpClient http) =>
        JsonElement.Parse(await http.GetStringAsync(new Uri("/api/hives/a/states?from=2021-07-01T00:00:00Z", UriKind.Relative), Stop))
            .GetProperty("states")
            .GetArrayLength();

    /// <summary>Composed as Program.cs does.</summary>
    private WebApplication Worker(string name)
    {
        var builder = Composition.CreateBuilder(
        [
            "--role", name, "--data", _folder.File($"{name}-{_workers.Count}"), "--urls", "http://127.0.0.1:0", "--Aws:Region",
            AwsServices.Region,
            "--Observations:Store", "dynamodb", "--Observations:ServiceUrl", _dynamo, "--Observations:TablePrefix", _prefix,
            "--Lake:Store", "s3", "--Lake:Bucket", "not-asked", "--Ingest:Source", "http",
            "--Apiary:Sites:0:Id", "hill", "--Apiary:Sites:0:TimeZone", "Europe/Zurich", "--Apiary:Sites:0:Origin", "Recorded",
            "--Apiary:Sites:0:Latitude", "47", "--Apiary:Sites:0:Longitude", "8",
            "--Apiary:Hives:0:Id", "a", "--Apiary:Hives:0:Site", "hill", "--Apiary:Hives:0:Device", "node-a",
        ]);
        builder.Logging.ClearProviders();
        var role = Role.Read(builder.Configuration);
        var hold = builder.AddData();
        builder.AddCloud(role);
        var app = builder.Build();
        app.MapCloud(role with { Web = true });
        _workers.Add((app, hold));
        return app;
    }
}
