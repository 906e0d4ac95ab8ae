using System.Net;
using System.Text.Json;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Hives.Api;

public sealed class SeriesApiTests
{
    private static readonly string[] Configuration =
    [
        "--Apiary:Sites:0:Id", "montreal", "--Apiary:Sites:0:Name", "Montreal", "--Apiary:Sites:0:Latitude", "45.5",
        "--Apiary:Sites:0:Longitude", "-73.6",
        "--Apiary:Sites:0:TimeZone", "America/Toronto", "--Apiary:Sites:0:Origin", "Recorded",
        "--Apiary:Hives:0:Id", "hive-1", "--Apiary:Hives:0:Site", "montreal", "--Apiary:Hives:0:Device", "a1",
    ];

    [Fact]
    public async Task ValuesOfAllMetricsComeAsColumns()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Fill(cloud);

        using var all = JsonDocument.Parse(await cloud.Http.GetStringAsync("/api/hives/hive-1/series?from=2021-07-01T12:00:00Z"));
        var series = all.RootElement.GetProperty("series").EnumerateArray().ToArray();

        Assert.Equal(
            ["hive_humidity %RH", "hive_temperature Cel"], series.Select(s => $"{s.GetProperty("metric")} {s.GetProperty("unit")}"));
        Assert.Equal(120, series[1].GetProperty("time").GetArrayLength());
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), series[1].GetProperty("time")[0].GetInt64());
        Assert.Equal(
            Enumerable.Range(0, 120).Select(i => (double)i), series[1].GetProperty("value").EnumerateArray().Select(v => v.GetDouble()));
        Assert.False(series[1].TryGetProperty("quality", out _));
        Assert.Equal((int)Quality.OutOfRange, series[0].GetProperty("quality")[0].GetInt32());
    }

    [Fact]
    public async Task SpansBearLeastMeanAndGreatest()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Fill(cloud);

        using var all = JsonDocument.Parse(
            await cloud.Http.GetStringAsync("/api/hives/hive-1/series?metrics=hive_temperature&hours=1&from=2021-07-01T12:00:00Z"));
        var spans = Assert.Single(all.RootElement.GetProperty("series").EnumerateArray());

        Assert.Equal("[0,60]", spans.GetProperty("min").GetRawText());
        Assert.Equal("[29.5,89.5]", spans.GetProperty("mean").GetRawText());
        Assert.Equal("[59,119]", spans.GetProperty("max").GetRawText());
        Assert.Equal("[60,60]", spans.GetProperty("count").GetRawText());
    }

    [Theory]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&hours=1")]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&hours=744")]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    public async Task ARangeMayReachToTheEndsOfTime(string query)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Fill(cloud);
        using var answer = await cloud.Http.GetAsync("/api/hives/hive-1/series?" + query, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("hive-9/series", HttpStatusCode.NotFound)]
    [InlineData("hive-1/series?metrics=hive_temperature,nonsense", HttpStatusCode.BadRequest)]
    [InlineData("hive-1/series?hours=0", HttpStatusCode.BadRequest)]
    [InlineData("hive-1/series?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("hive-1/series?from=2030-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    public async Task WhatIsWrongIsNamed(string path, HttpStatusCode status)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, Configuration);
        Fill(cloud);
        using var answer = await cloud.Http.GetAsync("/api/hives/" + path, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private static void Fill(TestCloud cloud) => cloud.Store.Store([new Batch("gw", "s", 1, 1, Noon, "", [],
    [
        .. Enumerable.Range(0, 120).Select(i => Reading(i, i)),
        Reading(3, 140, metric: Metrics.HiveHumidity) with { Quality = Quality.OutOfRange },
    ])]);
}
