using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Tests.Weather;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Api;

public sealed class ApiTests
{
    internal static readonly string[] Configuration =
    [
        "--Apiary:Sites:0:Id", "montreal", "--Apiary:Sites:0:Name", "Montreal", "--Apiary:Sites:0:Latitude", "45.5",
        "--Apiary:Sites:0:Longitude", "-73.6",
        "--Apiary:Sites:0:TimeZone", "America/Toronto", "--Apiary:Sites:0:Origin", "Recorded", "--Apiary:Sites:0:Weather", "ec",
        "--Apiary:Hives:0:Id", "hive-1", "--Apiary:Hives:0:Site", "montreal", "--Apiary:Hives:0:Device", "a1",
        "--Weather:Recorded:ec:File", Recording.Path, "--Weather:Recorded:ec:UtcOffsetHours", "-5", "--Weather:Recorded:ec:Attribution",
        "ECCC",
    ];

    [Fact]
    public async Task HivesBearTheirNewestValuesWithUnitTimeAndQuality()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Store(
            cloud, Reading(0, 34.5), Reading(15, 34.25) with { Quality = Quality.Synthetic },
            Reading(15, 55, metric: Metrics.HiveHumidity));

        var hives = await GetAsync(cloud, "/api/hives");
        var hive = Assert.Single(hives.AsArray())!;

        Assert.Equal(
            "hive-1 a1 America/Toronto Recorded montreal",
            $"{hive["id"]} {hive["device"]} {hive["zone"]} {hive["site"]!["origin"]} {hive["site"]!["id"]}");
        var latest = hive["latest"]!.AsArray().Single(l => (string?)l!["metric"] == "hive_temperature")!;
        Assert.Equal(
            "Cel 34.25 2021-07-01T12:15:00+00:00 2021-07-01T08:15:00-04:00 512 Synthetic",
            $"{latest["unit"]} {latest["value"]} {latest["time"]} {latest["local"]} {latest["quality"]} {latest["flags"]}");
        Assert.Equal("2021-07-01T12:15:00+00:00", (string?)hive["now"]);
        Assert.Equal(hive.ToJsonString(), (await GetAsync(cloud, "/api/hives/hive-1")).ToJsonString());
    }

    [Fact]
    public async Task ReadingsAreJoinedWithTheWeatherOfTheirTime()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Store(cloud, Reading(59, 34.5), Reading(60, 34.25));

        var readings = await GetAsync(cloud, "/api/hives/hive-1/readings?metric=hive_temperature");

        Assert.Equal(
            "Cel|temperature inside the hive|America/Toronto|Cel",
            $"{readings["unit"]}|{readings["meaning"]}|{readings["zone"]}|{readings["weatherUnits"]!["temperature"]}");
        var weather = await GetAsync(cloud, "/api/weather/montreal?from=2021-07-01T12:00:00Z&to=2021-07-01T14:00:00Z");
        Assert.Equal(2, weather["hours"]!.AsArray().Count);
        for (var i = 0; i < 2; i++)
        {
            var (joined, hour) = (readings["readings"]![i]!["weather"]!, weather["hours"]![i]!);
            Assert.Equal(
                $"{hour["time"]} {hour["temperature"]} {hour["humidity"]}",
                $"{joined["time"]} {joined["temperature"]} {joined["humidity"]}");
        }
    }

    [Fact]
    public async Task PagesJoinToTheWholeAndNothingTwice()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Store(cloud, [.. Enumerable.Range(0, 95).Select(i => Reading(i, i))]);
        var values = new List<double>();
        var pages = 0;
        for (var next = "/api/hives/hive-1/readings?metric=hive_temperature&limit=20&from=2021-07-01T08:10:00-04:00";
            next is not null; pages++)
        {
            var page = await GetAsync(cloud, next);
            values.AddRange(page["readings"]!.AsArray().Select(r => (double)r!["value"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(Enumerable.Range(10, 85).Select(i => (double)i), values);
        Assert.Equal(5, pages);
    }

    [Fact]
    public async Task TheHourThatComesTwiceInAutumnIsTwoHours()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        var end = new DateTimeOffset(2021, 11, 7, 6, 0, 0, TimeSpan.Zero);
        Store(cloud, Reading(0, 1) with { Time = end.AddMinutes(-30) }, Reading(0, 2) with { Time = end.AddMinutes(30) });

        var readings =
            (await GetAsync(
                cloud,
                "/api/hives/hive-1/readings?metric=hive_temperature&from=2021-11-07T01:00:00-04:00&to=2021-11-07T02:00:00-05:00"))[
                    "readings"]!.AsArray();

        Assert.Equal(["2021-11-07T01:30:00-04:00", "2021-11-07T01:30:00-05:00"], readings.Select(r => (string?)r!["local"]));
    }

    [Fact]
    public async Task SevenDaysBeforeTheNewestByDefault()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Store(cloud, Reading(-7 * 24 * 60 - 1, 1), Reading(-7 * 24 * 60, 2), Reading(0, 3));

        var readings = (await GetAsync(cloud, "/api/hives/hive-1/readings?metric=hive_temperature"))["readings"]!.AsArray();

        Assert.Equal([2.0, 3.0], readings.Select(r => (double)r!["value"]!));
    }

    [Theory]
    [InlineData("", "metric", null)]
    [InlineData("metric=honey", "metric", "honey")]
    [InlineData("metric=hive_temperature&from=yesterday", "from", "yesterday")]
    [InlineData("metric=hive_temperature&from=2021-07-01T12:00:00", "from", "2021-07-01T12:00:00")]
    [InlineData("metric=hive_temperature&to=2021-13-01T12:00:00Z", "to", "2021-13-01T12:00:00Z")]
    [InlineData("metric=hive_temperature&from=2021-07-02T00:00:00Z&to=2021-07-01T00:00:00Z", "from", "2021-07-02T00:00:00Z")]
    [InlineData("metric=hive_temperature&limit=0", "limit", "0")]
    [InlineData("metric=hive_temperature&limit=10001", "limit", "10001")]
    [InlineData("metric=hive_temperature&limit=many", "limit", "many")]
    public async Task WrongParametersAreNamed(string query, string parameter, string? value)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Store(cloud, Reading(0, 3));
        using var http = cloud.Http;

        var answer = await http.GetAsync(
            new Uri($"/api/hives/hive-1/readings?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((parameter, value), ((string?)problem["parameter"], (string?)problem["value"]));
        Assert.NotEmpty((string?)problem["expected"] ?? "");
    }

    [Theory]
    [InlineData("/api/hives/hive-1/readings?metric=hive_temperature&to=0001-01-02T00:00:00Z")]
    [InlineData("/api/weather/montreal?to=0001-01-02T00:00:00Z")]
    [InlineData("/api/weather/montreal?from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z")]
    [InlineData("/api/hives/hive-1/states?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    public async Task TimesAtTheEndsOfTheCalendarAreAnswered(string path)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Store(cloud, Reading(0, 3));
        using var http = cloud.Http;

        Assert.Equal(
            HttpStatusCode.OK, (await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("from=2021-07-01T12:00:00", "from")]
    [InlineData("to=yesterday", "to")]
    public async Task ForecastTimesAreReadAsTheOthers(string query, string parameter)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        using var http = cloud.Http;

        var answer = await http.GetAsync(
            new Uri($"/api/hives/hive-1/states?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(
            parameter, (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["parameter"]);
    }

    [Theory]
    [InlineData("/api/status")]
    [InlineData("/api/hives")]
    [InlineData("/api/hives/hive-1/states")]
    [InlineData("/api/gateways/hill/config")]
    [InlineData("/health")]
    public async Task AnswersAreNeitherGuessedAtNorKept(string path)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        using var http = cloud.Http;

        var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/api/hives/none")]
    [InlineData("/api/hives/none/readings?metric=co2")]
    [InlineData("/api/weather/none")]
    public async Task UnknownThingsAreNotFound(string path)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        using var http = cloud.Http;

        var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task StatusCountsAndNamesDevicesThatAreNoHive()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await gateway.SendAsync(Encode("hill", 1, Reading(0, 1), Reading(0, 2), Reading(0, 1, "stray")));
        await gateway.SendAsync([1, 2, 3]);

        var status = await GetAsync(cloud, "/api/status");

        Assert.Equal("2 1 1", $"{status["readings"]} {status["sinceStart"]!["conflicts"]} {status["refusedByReason"]!["not_json"]}");
        Assert.Equal(
            "stray 1",
            $"{Assert.Single(status["unassignedDevices"]!.AsArray())!["device"]} {status["unassignedDevices"]![0]!["readings"]}");
        Assert.Equal(["a1 hive-1 1", "stray  1"], status["series"]!.AsArray().Select(s => $"{s!["device"]} {s["hive"]} {s["readings"]}"));
        var hill = Assert.Single((await GetAsync(cloud, "/api/gateways")).AsArray())!;
        Assert.Equal("hill true 3 1", $"{hill["name"]} {hill["connected"]} {hill["contiguous"]} {hill["counters"]!["refused_not_json"]}");
    }

    [Fact]
    public async Task HealthTellsWhy()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        Assert.Equal("healthy", (string?)(await GetAsync(cloud, "/health"))["status"]);

        cloud.Get<IotGateway.Cloud.Ingest.Status.Health>().Fail("storing failed: disk full");
        using var http = cloud.Http;
        var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "disk full", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://192.168.1.5:0")]
    public async Task AnAddressThatOthersReachIsRefusedUnlessAllowed(string urls)
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TestCloud.StartAsync(folder.Path, "--urls", urls));
        Assert.Contains("AllowRemote", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllowRemoteIsYesOrNo()
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TestCloud.StartAsync(folder.Path, "--AllowRemote", "maybe"));
        Assert.StartsWith("AllowRemote is 'maybe'; expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherSitesNameAsHostIsRefused()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        using var http = cloud.Http;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    private static void Store(TestCloud cloud, params Reading[] readings) =>
        cloud.Store.Store([new Batch("gw", "s", 1, 1, Noon, "", [], readings)]);

    private static async Task<JsonNode> GetAsync(TestCloud cloud, string path)
    {
        using var http = cloud.Http;
        return (await http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;
    }
}
