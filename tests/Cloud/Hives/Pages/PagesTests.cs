using System.Net;
using IotGateway.Cloud.Hives.Pages;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Tests.Hives.Pages;

public sealed class PagesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "Alder"), ("x", "<script>alert(1)</script>")), judging: false);
        Fill("a");
        await _host
            .Get<StateStore>()
            .AddAsync(
                _host.Get<Apiary>().FindHive("a")!, [Run(ColonyState.Watch, "Fell from 34.6 to 32.4 °C within 15 min")],
                CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheListShowsStateReasonValueAgeOriginAndWhomToName()
    {
        var page = await PageAsync("/");
        Assert.Contains("Fell from 34.6 to 32.4 °C within 15 min", page, StringComparison.Ordinal);
        Assert.Contains("34.5 °C", page, StringComparison.Ordinal);
        Assert.Contains("recorded 2021, replayed", page, StringComparison.Ordinal);
        Assert.Contains("doi 10.20383/103.0972, CC BY 4.0", page, StringComparison.Ordinal);
        Assert.Contains("not a trained model", page, StringComparison.Ordinal);
        Assert.Contains("1 watch", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheGravestStandsFirst()
    {
        Fill("x");
        await _host
            .Get<StateStore>()
            .AddAsync(_host.Get<Apiary>().FindHive("x")!, [Run(ColonyState.Abnormal, "far off")], CancellationToken.None);
        var page = await PageAsync("/");
        Assert.True(page.IndexOf("/hives/x", StringComparison.Ordinal) < page.IndexOf("/hives/a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("24h", "Last 24 hours")]
    [InlineData("30d", "Last 30 days")]
    [InlineData("nonsense", "Last 3 days")]
    public async Task AHivesPageShowsReasonsChartsUnitsZoneAndTheTable(string range, string title)
    {
        var page = await PageAsync($"/hives/a?range={range}");
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("Fell from 34.6 to 32.4 °C within 15 min", page, StringComparison.Ordinal);
        Assert.Contains(HiveState.MethodNote, page, StringComparison.Ordinal);
        Assert.Contains("America/Toronto (UTC−04:00)", page, StringComparison.Ordinal);
        Assert.Equal(8, page.Split("role=\"img\"").Length - 1);
        Assert.Contains("34.50 °C", page, StringComparison.Ordinal);
        Assert.Contains("/api/hives/a/readings?metric=hive_temperature", page, StringComparison.Ordinal);
        Assert.Contains("<table>", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameIsTextWhateverItHolds()
    {
        Fill("x");
        foreach (var path in new[] { "/", "/hives/x" })
        {
            var raw = await _host.Client.GetStringAsync(path);
            Assert.DoesNotContain("<script>alert", raw, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)", raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task NothingMayBeLoadedFromElsewhereOrRunInline()
    {
        using var answer = await _host.Client.GetAsync("/hives/a");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var asset in page.Split('"').Where(p => p.StartsWith("/assets/", StringComparison.Ordinal)))
        {
            using var file = await _host.Client.GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/hives/nobody")]
    [InlineData("/nowhere")]
    public async Task WhatIsNotThereIsAPageThatSaysSo(string path)
    {
        using var answer = await _host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHiveWithoutAnyReadingHasAPage()
    {
        var page = await PageAsync("/hives/x");
        Assert.Contains("Learning", page, StringComparison.Ordinal);
        Assert.Contains("Not judged: no sensor of it has sent a temperature or a weight.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GatewaysShowHolesLossesAndCounters()
    {
        Assert.Contains("No gateway is enrolled yet", await PageAsync("/gateways"), StringComparison.Ordinal);
        var book = _host.Get<GatewayRegistry>();
        book.Update("hill", v => v with
        {
            Connected = true,
            Contiguous = 1200,
            Missing = [new(1203, 1204)],
            Gaps = [new Gap(7, 9, 300, "disk_full")],
            Status = new GatewayStatus(
                "hill", Start.AddHours(3), "1.2.3", Start, 2, 55, null, 0.25, new Dictionary<string, string> { ["lorawan"] = "connected" },
                new Dictionary<string, long> { ["frames_truncated"] = 4 }),
        });
        var page = await PageAsync("/gateways");
        foreach (var said in new[]
        {
            "hill", "Connected", "1,200", "1,203 to 1,204", "300", "disk full", "55 readings in 2 batches", "25.0 %", "1.2.3",
            "frames truncated",
        })
            Assert.Contains(said, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSentenceAboutStatesStandsWhereStatesAreShown()
    {
        foreach (var (path, shows) in new[] { ("/", true), ("/hives/a", true), ("/gateways", false) })
            Assert.Equal(shows, (await PageAsync(path)).Contains(StateNames.Footer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneBatchOfOneReadingIsCountedWithItsNoun()
    {
        _host.Get<GatewayRegistry>().Update("hill", v => v with
        {
            Status = new GatewayStatus(
                "hill", Start, "1", Start, 1, 1, null, 0, new Dictionary<string, string>(), new Dictionary<string, long>()),
        });
        Assert.Contains("1 reading in 1 batch<", await PageAsync("/gateways"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheStatesAnswerNamesTheRule()
    {
        var json = await _host.Client.GetStringAsync("/api/hives/a/states");
        Assert.Contains("\"method\":\"rule\"", json, StringComparison.Ordinal);
        Assert.Contains("not a trained model", json, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"Watch\"", json, StringComparison.Ordinal);
        using var missing = await _host.Client.GetAsync("/api/hives/nobody/states");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await _host.Client.GetStringAsync(path));

    private void Fill(string hive) => _host.Store(
        PagesHost.Device(hive), Metrics.HiveTemperature, Enumerable.Range(0, 400).Select(q => (Start.AddMinutes(q * 15), 34.5)));

    private static HiveState Run(ColonyState state, string text) => new(
        Start.AddHours(99), state, [new Reason(state, "fall", text)], new StateEvidence { HistoryHours = 99 });
}
