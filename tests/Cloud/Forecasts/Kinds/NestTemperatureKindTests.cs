using System.Text.Json;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Kinds.NestTemperature;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Forecasts.Kinds;

/// <summary>The forecast of a hive's temperature, from readings in the store to the pages that show it.</summary>
public sealed class NestTemperatureKindTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Subject Hive => _host.Get<Apiary>().FindHive("a")!;

    private NestTemperatureKind Kind => new(_host.Get<IObservations>());

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(
        _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder"), ("b", "Birch")), judging: false,
        also: services => services.AddSingleton<ForecastRuns>());

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task WhatComesLaterChangesNothingAndNeitherDoesHowManyAreMadeAtOnce()
    {
        Fill("a", 0, 5 * 24, Swinging);
        Fill("b", 0, 3 * 24, Swinging);
        Fill("b", 3 * 24, 5 * 24, h => 40 - Swinging(h));
        var at = Start.AddDays(2);
        var known = await Kind.MakeAsync(Hive, at, 24, Stop);
        var shuffled = await Kind.MakeAsync(_host.Get<Apiary>().FindHive("b")!, at, 24, Stop);
        var one = await Kind.MakeAsync(Hive, at.AddHours(7), 1, Stop);

        Assert.Equal(24, known.Count);
        Assert.Equal(known.Select(f => Json(f with { Subject = Hive.Key })), shuffled.Select(f => Json(f with { Subject = Hive.Key })));
        Assert.Equal(Json(known[7]), Json(one[0]));
        Assert.Equal(24, known.Select(f => f.Features).Distinct().Count());
        Assert.Equal([1, 6, 24], known[23].Steps.Select(s => (s.ValidAt - known[23].AsOf).TotalHours));
    }

    [Fact]
    public async Task AValueThatCannotBeRealIsLeftOutAndTooFewReadingsSayNothing()
    {
        Fill("b", 0, 1, _ => 34.5);
        Assert.Empty(await Kind.MakeAsync(_host.Get<Apiary>().FindHive("b")!, Start.AddHours(1), 24, Stop));

        Fill("a", 0, 60, h => h is >= 50 and < 51 ? 85 : 34.5);
        _host.Store(PagesHost.Device("a"), Metrics.HiveTemperature, [(Start.AddHours(50).AddMinutes(1), 34.5)]);
        Assert.Null(await Kind.TruthAsync(Hive, Start.AddHours(51), Stop));
        Assert.Equal(34.5, await Kind.TruthAsync(Hive, Start.AddHours(52), Stop));
        Assert.Null(await Kind.TruthAsync(Hive, Start.AddHours(99), Stop));
        Assert.DoesNotContain(await Kind.MakeAsync(Hive, Start.AddHours(48), 6, Stop), f => f.AsOf == Start.AddHours(51));
    }

    [Fact]
    public async Task ItIsSaidScoredAndShownWithTheLastTenLikeIt()
    {
        Fill("a", 0, 16 * 24, Swinging);
        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);

        var hive = await PageAsync("/hives/a");
        Assert.Contains("What comes next", hive, StringComparison.Ordinal);
        Assert.Matches(@"held \d+\.\d % of 3\d\d times", hive);

        var page = await PageAsync("/hives/a/forecasts/nest-temperature");
        Assert.Contains("The last 10 like it", page, StringComparison.Ordinal);
        Assert.Contains("not known yet", page, StringComparison.Ordinal);
        Assert.Contains("own-fortnight, version 1", page, StringComparison.Ordinal);
        Assert.Contains("errors of the last 14 days", page, StringComparison.Ordinal);

        var earlier = await PageAsync("/hives/a/forecasts/nest-temperature?at=2021-07-10T06:00:00Z");
        Assert.Contains("°C, off by", earlier, StringComparison.Ordinal);
        Assert.DoesNotContain("not known yet", earlier, StringComparison.Ordinal);
        Assert.Contains(
            "Nothing was forecast", await PageAsync("/hives/a/forecasts/nest-temperature?at=2030-01-01T00:00:00Z"),
            StringComparison.Ordinal);

        var record = await PageAsync("/record");
        Assert.Contains("Temperature in the hive", record, StringComparison.Ordinal);
        Assert.Contains("6 h ahead: too few hives or weeks to tell", record, StringComparison.Ordinal);
        Assert.Equal(3, record.Split("class=\"reliability\"").Length - 1);

        var kind = JsonElement.Parse(await _host.Client.GetStringAsync("/api/record", Stop)).GetProperty("kinds")[0];
        Assert.Equal("nest-temperature", kind.GetProperty("kind").GetString());
        var six = kind.GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("hoursAhead").GetDouble() == 6);
        Assert.InRange(six.GetProperty("count").GetInt32(), 300, 16 * 24);
        var error = six.GetProperty("skills").EnumerateArray().Single(s => s.GetProperty("measure").GetString() == "absolute-error");
        Assert.InRange(error.GetProperty("mean").GetDouble() / error.GetProperty("baseline").GetDouble(), 0, 0.9);
        Assert.Equal(
            six.GetProperty("count").GetInt32(),
            six.GetProperty("reliability").EnumerateArray().Sum(p => p.GetProperty("count").GetInt32()) + Above(six));
    }

    [Theory]
    [InlineData("/hives/nobody/forecasts/nest-temperature", 404)]
    [InlineData("/hives/a/forecasts/nothing", 404)]
    [InlineData("/sites/montreal/forecasts/nest-temperature", 404)]
    [InlineData("/hives/a/forecasts/nest-temperature?at=soon", 400)]
    [InlineData("/hives/a/forecasts/nest-temperature", 200)]
    [InlineData("/record", 200)]
    public async Task AnAddressOfNothingIsAnsweredSo(string address, int status) =>
        Assert.Equal(status, (int)(await _host.Client.GetAsync(address, Stop)).StatusCode);

    /// <summary>Truths above the last quantile, which no point counts.</summary>
    private static int Above(JsonElement part)
    {
        var last = part.GetProperty("reliability").EnumerateArray().Last();
        return (int)Math.Round((1 - last.GetProperty("came").GetDouble()) * part.GetProperty("count").GetInt32());
    }

    private static double Swinging(double hour) => 34 + Math.Sin(hour / 24 * 2 * Math.PI) + (0.2 * Math.Sin(hour * 12.9898));

    private static string Json(Forecast forecast) => JsonSerializer.Serialize(forecast);

    private async Task<string> PageAsync(string path) =>
        System.Net.WebUtility.HtmlDecode(await _host.Client.GetStringAsync(path, Stop));

    private void Fill(string hive, int fromHour, int toHour, Func<double, double> value) => _host.Store(
        PagesHost.Device(hive), Metrics.HiveTemperature,
        Enumerable.Range(fromHour * 4, (toHour - fromHour) * 4)
            .Select(q => (Start.AddMinutes((q * 15) + 5), Math.Round(value(q / 4.0), 2))));
}
