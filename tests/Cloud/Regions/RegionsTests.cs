using System.Net;
using System.Text.Json;
using IotGateway.Cloud.Regions;
using IotGateway.Cloud.Regions.Pages;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;

namespace IotGateway.Cloud.Tests.Regions;

/// <summary>Outlooks of states on the page and by the API, with their record beside them.</summary>
public sealed class RegionsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("regions-").FullName;
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await PagesHost.StartAsync(_folder, PagesHost.Apiary(Origin.Live, ("a", "Hive A")), judging: false);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ThePageTellsIntervalRecordAndThatWeatherAddsNothing()
    {
        var page = WebUtility.HtmlDecode(await GetAsync("/regions"));

        var loss = RegionOutlooks.All[0];
        Assert.Contains($"Of {loss.PastCount} such forecasts since 2020", page, StringComparison.Ordinal);
        Assert.Contains("last surveyed by name in 2024 Q2", page, StringComparison.Ordinal);
        Assert.Contains("Nothing that these data can tell.", page, StringComparison.Ordinal);
        Assert.Contains(
            "Colonies lost, with the last quarter's weather: -0.05 (-0.12 to 0.01), over 671 state-quarters.", page,
            StringComparison.Ordinal);
        Assert.All(loss.States, s => Assert.Contains($">{s.Name}", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheMapHasATileForEachStateThatLeadsToItsRow()
    {
        var page = WebUtility.HtmlDecode(await GetAsync("/regions"));

        foreach (var (outlook, rows) in RegionOutlooks.All.Zip(["", "state-varroa-"]))
        {
            Assert.All(outlook.States, s => Assert.Contains(
                $"<a href=\"#{rows}{s.Id}\"><title>{s.Name}: ", page, StringComparison.Ordinal));
            Assert.All(outlook.States, s => Assert.Single(Matches(page, $"<tr id=\"{rows}{s.Id}\">")));
        }

        var tiles = TileMap.Tiles().ToList();
        Assert.Equal(50, tiles.Select(t => t.State).Distinct().Count());
        Assert.Equal(50, tiles.Select(t => (t.Column, t.Row)).Distinct().Count());
        Assert.Empty(RegionOutlooks.All.SelectMany(o => o.States).Select(s => s.State).Except(tiles.Select(t => t.State)));
    }

    [Theory]
    [InlineData(4.9, 0)]
    [InlineData(5, 1)]
    [InlineData(20, 4)]
    public void AShadeBeginsAtItsBound(double percent, int shade) => Assert.Equal(shade, TileMapSvg.Shade(percent, [5, 10, 15, 20]));

    [Fact]
    public async Task TheApiHasEveryStateOfEveryModel()
    {
        using var answer = JsonDocument.Parse(await GetAsync("/api/regions"));

        Assert.Equal([45, 45], answer.RootElement.EnumerateArray().Select(o => o.GetProperty("states").GetArrayLength()));
    }

    [Fact]
    public void IntervalsHoldTheirMediansAndTheRecordBeatsItsBaseline()
    {
        Assert.All(RegionOutlooks.All.SelectMany(o => o.States), s =>
            Assert.True(s.Low >= 0 && s.Low <= s.Median && s.Median <= s.High && s.High <= 100));
        var loss = RegionOutlooks.All[0];
        Assert.InRange((double)loss.PastWithin / loss.PastCount, 0.76, 0.84);
        Assert.True(loss.PastError < loss.BaselineError);
    }

    private static IEnumerable<int> Matches(string page, string text)
    {
        for (var at = page.IndexOf(text, StringComparison.Ordinal); at >= 0; at = page.IndexOf(text, at + 1, StringComparison.Ordinal))
            yield return at;
    }

    private Task<string> GetAsync(string path) =>
        _host.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
