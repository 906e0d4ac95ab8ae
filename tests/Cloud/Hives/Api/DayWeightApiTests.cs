using System.Net;
using System.Text.Json;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.Api;

/// <summary>
/// A drawn scale of three days under Montreal's midnight: 5,000 foragers leave at 8 and are home at 19, and a box is set on the third.
/// </summary>
public sealed class DayWeightApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 4, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(_folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false);
        _host.Store(
            PagesHost.Device("a"), Metrics.Weight,
            Enumerable.Range(0, (3 * 144) + 6).Select(i => (Start.AddMinutes(10 * i), Kilograms(i / 6.0))));
        _host.Store(PagesHost.Device("b"), Metrics.HiveTemperature, [(Start, 34.5)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ADaysForagersFoodAndHoursAreTold()
    {
        var told = (await AnswerAsync("/api/hives/a/weight/day?day=2021-07-02")).GetProperty("told");

        Assert.InRange(told.GetProperty("foragersOut").GetProperty("value").GetDouble(), 4_000, 6_000);
        Assert.InRange(told.GetProperty("foodGainKilograms").GetProperty("value").GetDouble(), 0.45, 0.65);
        Assert.InRange(told.GetProperty("flightHour").GetProperty("value").GetDouble(), 7.8, 8.2);
        var foragers = told.GetProperty("foragersOut");
        Assert.True(foragers.GetProperty("low").GetDouble() < foragers.GetProperty("high").GetDouble());
    }

    [Fact]
    public async Task ThePageTellsTheLastDayThatTellsAndWhyALaterOneDoesNot()
    {
        var page = WebUtility.HtmlDecode(await _host.Client.GetStringAsync(new Uri("/hives/a", UriKind.Relative), Stop));

        Assert.Contains("Of Sat 3 Jul 2021 not enough to say: Somebody worked on the hive", page, StringComparison.Ordinal);
        Assert.Matches(@"Fri 2 Jul 2021: [4-6],\d{3} \([\d,]+ to [\d,]+\) foragers out at a time", page);
        Assert.Matches(@"\+0\.\d\d \(\+0\.\d\d to \+0\.\d\d\) kg of food gained, flight 0[78]:\d\d to", page);
        Assert.Contains("id=\"foragers-chart", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Bees and food by the scale", await _host.Client.GetStringAsync(new Uri("/hives/b", UriKind.Relative), Stop),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Somebody worked on the hive")]
    [InlineData("?day=2021-07-04", "The day is not over yet.")]
    [InlineData("?day=2021-06-30", "Not enough to say")]
    public async Task ADayThatTellsNothingHasItsReason(string query, string reason)
    {
        var answer = await AnswerAsync($"/api/hives/a/weight/day{query}");

        Assert.StartsWith(reason, answer.GetProperty("notSaid").GetString(), StringComparison.Ordinal);
        Assert.False(answer.TryGetProperty("told", out _));
    }

    [Theory]
    [InlineData("/api/hives/nobody/weight/day", HttpStatusCode.NotFound)]
    [InlineData("/api/hives/b/weight/day", HttpStatusCode.NotFound)]
    [InlineData("/api/hives/a/weight/day?day=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/hives/a/weight/day?day=2031-07-01", HttpStatusCode.BadRequest)]
    public async Task WhatIsNoDayOrHasNoScaleIsRefused(string path, HttpStatusCode status)
    {
        using var answer = await _host.Client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Leaving and coming home within an hour or two, food all the while, and a loss at night.</summary>
    private static double Kilograms(double hours)
    {
        var (day, hour) = ((int)(hours / 24), hours % 24);
        var outside = hour < 8 ? 0 : hour < 19 ? 1 - Math.Exp(-2 * (hour - 8)) : Math.Exp(-2.5 * (hour - 19));
        var food = 0.55 * (day + Math.Clamp((hour - 8) / 11, 0, 1));
        var noise = 0.004 * Math.Sin(hours * 97);
        return 40 - (0.565 * outside) + food - (0.01 * (hours - (11 * day) - Math.Clamp(hour - 8, 0, 11))) + noise + (hours > 62 ? 7 : 0);
    }

    private async Task<JsonElement> AnswerAsync(string path) =>
        JsonElement.Parse(await _host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
}
