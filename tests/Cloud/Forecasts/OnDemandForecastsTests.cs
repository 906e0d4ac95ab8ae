using System.Net;
using System.Text.Json;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Forecasts;

/// <summary>A forecast as of any hour, made when somebody asks and kept in no record.</summary>
public sealed class OnDemandForecastsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder")), judging: false,
            also: services => services.AddSingleton<ForecastRuns>());
        _host.Store(
            PagesHost.Device("a"), Metrics.HiveTemperature,
            Enumerable.Range(0, 3 * 24 * 4).Select(q => (Start.AddMinutes((q * 15) + 5), 30.0 + (q % 96 / 24))));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ItSaysWhatTheRunsSayOfThatHourAndKeepsNothing()
    {
        var asked = await AskAsync("2021-07-03T06:40:00Z");
        var made = Assert.Single(asked.GetProperty("forecasts").EnumerateArray());
        Assert.False(made.GetProperty("kept").GetBoolean());
        Assert.Equal("2021-07-03T06:00:00+00:00", made.GetProperty("forecast").GetProperty("asOf").GetString());
        Assert.Null(await _host.Get<ForecastStore>().NewestAsync(new SubjectId(SubjectId.Hive, "a"), "nest-temperature", Stop));

        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        var kept = Assert.Single((await AskAsync("2021-07-03T06:00:00Z")).GetProperty("forecasts").EnumerateArray());
        Assert.True(kept.GetProperty("kept").GetBoolean());
        Assert.Equal(made.GetProperty("forecast").ToString(), kept.GetProperty("forecast").ToString());
        var newest = Assert.Single((await AskAsync(null)).GetProperty("forecasts").EnumerateArray());
        Assert.Equal("2021-07-03T23:00:00+00:00", newest.GetProperty("forecast").GetProperty("asOf").GetString());
    }

    [Fact]
    public async Task ThePageMakesOneForAnHourThatHasNoneAndSaysThatItIsInNoRecord()
    {
        const string Page = "/hives/a/forecasts/nest-temperature";
        var page = await GetAsync($"{Page}?at=2021-07-03T06:00:00Z");
        Assert.Contains("This was made just now", page, StringComparison.Ordinal);
        Assert.Contains("class=\"choices\"", page, StringComparison.Ordinal);
        Assert.Contains("nothing can be said of it now", await GetAsync($"{Page}?at=2021-06-03T06:00:00Z"), StringComparison.Ordinal);
        Assert.Contains("Nothing is forecast yet.", await GetAsync($"{Page}?at="), StringComparison.Ordinal);

        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        Assert.DoesNotContain("made just now", await GetAsync($"{Page}?at=2021-07-03T06:00:00Z"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2021-07-05T00:00:00Z")]
    [InlineData("soon")]
    public async Task ATimeToComeOrNoneAtAllIsRefused(string time) => Assert.Equal(
        HttpStatusCode.BadRequest, (await _host.Client.GetAsync($"/api/hives/a/forecasts/as-of?time={time}", Stop)).StatusCode);

    [Fact]
    public async Task OfATimeBeforeTheFirstReadingNothingIsSaid() =>
        Assert.Empty((await AskAsync("0001-01-01T00:00:00Z")).GetProperty("forecasts").EnumerateArray());

    private async Task<JsonElement> AskAsync(string? time) =>
        JsonElement.Parse(await GetAsync($"/api/hives/a/forecasts/as-of{(time is null ? "" : $"?time={time}")}"));

    private Task<string> GetAsync(string path) => _host.Client.GetStringAsync(path, Stop);
}
