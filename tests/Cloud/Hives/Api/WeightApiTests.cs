using System.Net;
using System.Text.Json;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.Api;

/// <summary>A drawn scale of 20 days that moves 30 g a °C, with a written feeding and a box that nobody wrote down.</summary>
public sealed class WeightApiTests : IAsyncLifetime
{
    private const int Days = 20;
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Fed = Start.AddDays(5).AddHours(14), Box = Start.AddDays(12).AddHours(15);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset End => Start.AddDays(Days).AddMinutes(-15);

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false, weather: new WeatherSeries(
                "montreal", "drawn", Enumerable.Range(0, Days * 24).Select(h => new WeatherHour(Start.AddHours(h), Outside(h), 60, 0))));
        _host.Store(
            PagesHost.Device("a"), Metrics.Weight,
            Enumerable.Range(0, Days * 96).Select(q => (Time: Start.AddMinutes(15 * q), Hour: q / 4.0)).Select(r => (
                r.Time, 40 + (0.03 * Outside((int)r.Hour)) - (0.008 * r.Hour) + (r.Time > Fed ? 0.9 : 0) + (r.Time > Box ? 7 : 0))));
        _host.Store(PagesHost.Device("b"), Metrics.HiveTemperature, [(End, 34.5)]);
        await _host.Get<VisitBook>().AddAsync(
            _host.Get<Apiary>().FindHive("a")!,
            new Visit(Fed, "Ada") { End = Fed.AddMinutes(10), Feeding = new Feeding(Food.Syrup, 0.9) }, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task NetWeightStandsBesideRawWithTheStepsTakenOut()
    {
        var weight = await AnswerAsync("/api/hives/a/weight?from=2021-07-01T12:00:00Z");
        Assert.Equal(
            ["work True", "unwritten True"],
            weight.GetProperty("steps").EnumerateArray().Select(s => $"{s.GetProperty("kind").GetString()} {s.GetProperty("takenOut")}"));
        var last = weight.GetProperty("points").EnumerateArray().Last();
        Assert.Equal(7.9, last.GetProperty("raw").GetDouble() - last.GetProperty("net").GetDouble(), 0.2);
        Assert.InRange(last.GetProperty("halfWidth").GetDouble(), 0.05, 1);
        Assert.Contains(weight.GetProperty("points").EnumerateArray(), p => !p.TryGetProperty("net", out _));
    }

    [Fact]
    public async Task TheDriftOfTheScaleIsFoundInItsNights()
    {
        var weight = await AnswerAsync("/api/hives/a/weight");
        var drift = weight.GetProperty("drift");
        Assert.Equal(30, drift.GetProperty("gramsPerCelsius").GetDouble(), 4.0);
        Assert.InRange(30, drift.GetProperty("low").GetDouble() - 1, drift.GetProperty("high").GetDouble() + 1);
        Assert.Contains("g for each °C", weight.GetProperty("driftNote").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatComesLaterChangesNothingThatWasKnown()
    {
        const string Early = "/api/hives/a/weight?from=2021-07-03T00:00:00Z&to=2021-07-10T00:00:00Z";
        var before = await _host.Client.GetStringAsync(Early, Stop);
        _host.Store(
            PagesHost.Device("a"), Metrics.Weight, Enumerable.Range(1, 200).Select(q => (End.AddMinutes(15 * q), 40 + (37.0 * q % 11))));
        Assert.Equal(before, await _host.Client.GetStringAsync(Early, Stop));
        Assert.Contains("Not enough to say", JsonElement.Parse(before).GetProperty("driftNote").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHiveWithoutAScaleHasNoWeightAndALongRangeIsRefused()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/api/hives/b/weight", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/api/hives/none/weight", Stop)).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await _host.Client.GetAsync("/api/hives/a/weight?from=2021-01-01T00:00:00Z", Stop)).StatusCode);
    }

    [Fact]
    public async Task ThePageShowsWeightStepsAndVisits()
    {
        var page = WebUtility.HtmlDecode(await _host.Client.GetStringAsync("/hives/a?range=30d", Stop));
        Assert.Contains("without the beekeeper's work", page, StringComparison.Ordinal);
        Assert.Contains("more than a colony does in that time", page, StringComparison.Ordinal);
        Assert.Contains("fed 0.9 kg syrup", page, StringComparison.Ordinal);
        Assert.DoesNotContain("without the beekeeper's work", WebUtility.HtmlDecode(
            await _host.Client.GetStringAsync("/hives/b", Stop)), StringComparison.Ordinal);
    }

    /// <summary>Days of another swing each.</summary>
    private static double Outside(int hour) => 18 + ((2 + (hour / 24 * 5 % 8)) * Math.Sin(2 * Math.PI * ((hour % 24) - 13) / 24.0));

    private async Task<JsonElement> AnswerAsync(string path) => JsonElement.Parse(await _host.Client.GetStringAsync(path, Stop));
}
