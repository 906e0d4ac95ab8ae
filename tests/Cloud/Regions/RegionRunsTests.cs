using System.Net;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Regions;
using IotGateway.Cloud.Regions.Runs;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Regions;

/// <summary>States in the record: kept as of the survey that was out, scored when the next one comes, never rewritten.</summary>
public sealed class RegionRunsTests : IAsyncLifetime
{
    private const string Header = "state,year,quarter,loss_pct,varroa_pct\n";

    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ForecastStore Store => _host.Get<ForecastStore>();

    private string SurveyPath => _folder.File("survey.csv");

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(
        _folder.Path, PagesHost.Apiary(Origin.Live, ("a", "Hive A")), judging: false,
        also: services => services.AddSingleton<RegionRuns>());

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheNextQuarterWaitsForItsSurveyAndQuartersPastAreScoredUnderAVersionOfTheirOwn()
    {
        await RunAsync();
        var texas = RegionOutlooks.All[0].States.Single(s => s.State == "TX");
        var kept = await AllAsync("tx", RegionKind.Loss);
        var next = kept[^1];
        Assert.Equal(new DateTimeOffset(2025, 8, 5, 0, 0, 0, TimeSpan.Zero), next.AsOf);
        Assert.Equal(new DateTimeOffset(2025, 10, 1, 0, 0, 0, TimeSpan.Zero), next.Steps[0].ValidAt);
        Assert.Equal(("1", texas.Median, texas.Baseline), (next.Version, next.Steps[0].Value, next.Steps[0].Baseline));
        Assert.Equal(texas.Past.Count + 1, kept.Count);
        Assert.All(kept.SkipLast(1), f => Assert.Equal("1, replayed", f.Version));

        var scores = await ScoresAsync("tx", RegionKind.Loss);
        Assert.Equal(texas.Past.Select(p => p.Observed).Reverse(), scores.Select(s => s.Observed));
        Assert.All(await ScoresAsync("tx", RegionKind.HighLoss), s => Assert.True(s.Observed is 0 or 1));
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task ASurveyScoresWhatItPrintsOnceAndARevisedOneChangesNothing()
    {
        await RunAsync();
        await File.WriteAllTextAsync(SurveyPath, Header + "TX,2025,3,19,(Z)\nOR,2025,3,,31\nOT,2025,3,9,9\n", Stop);
        Assert.Equal(4, await RunAsync());
        await File.WriteAllTextAsync(SurveyPath, Header + "TX,2025,3,2,60\nOR,2025,3,,31\n", Stop);
        Assert.Equal(0, await RunAsync());

        var loss = (await ScoresAsync("tx", RegionKind.Loss))[^1];
        Assert.Equal(("1", 19d), (loss.Version, loss.Observed));
        Assert.Equal(1, (await ScoresAsync("tx", RegionKind.HighLoss))[^1].Observed);
        Assert.Equal(0, (await ScoresAsync("tx", RegionKind.Varroa))[^1].Observed);
        Assert.Equal(31, (await ScoresAsync("or", RegionKind.Varroa))[^1].Observed);
        Assert.DoesNotContain(await ScoresAsync("or", RegionKind.Loss), s => s.Version == "1");
    }

    [Theory]
    [InlineData("TX,2025,3,19,150\n", "varroa_pct")]
    [InlineData("TX,2025,5,19,15\n", "quarter")]
    [InlineData("TX,2025,3,19,15\nTX,2025,3,18,15\n", "each state's quarter once")]
    [InlineData("Texas,2025,3,19,15\n", "a postal code")]
    [InlineData("TX,2025,3,NaN,15\n", "loss_pct")]
    [InlineData("TX,2025,3\n", "5 cells")]
    [InlineData("", "at least one row")]
    public void AWrongSurveyIsRefusedByRowAndColumn(string rows, string expected)
    {
        using var text = new StringReader(Header + rows);
        var refused = Assert.Throws<TableException>(() => new Survey().Add(Table.Read(text, "survey.csv")));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASurveyThatCannotBeReadScoresNothingAndStopsNothing()
    {
        await File.WriteAllTextAsync(SurveyPath, Header + "TX,2025,3,19,150\n", Stop);
        await RunAsync();
        Assert.DoesNotContain(await ScoresAsync("tx", RegionKind.Loss), s => s.Version == "1");
        Assert.NotEmpty(await AllAsync("tx", RegionKind.Loss));
        Assert.Contains("nothing is scored by it: survey.csv", await GetAsync("/regions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheRecordHasStatesByQuarterAndAStateHasAPageWithWhatCame()
    {
        await RunAsync();
        var loss = (await _host.Get<RecordReader>().ReadAsync(Stop)).Single(r => r.Kind == RegionKind.Loss);
        var part = Assert.Single(loss.Parts, p => p.Version == "1, replayed");
        Assert.Equal((45, 45), (loss.Subjects, part.Subjects));
        Assert.True(part.Skills[0].Interval is not null && part.Weeks is >= 10 and < 30, $"{part.Weeks} quarters");
        var record = await GetAsync("/record");
        Assert.Contains("The last 10 years of 45 states", record, StringComparison.Ordinal);
        Assert.Contains("about 3 months ahead", record, StringComparison.Ordinal);
        var tables = record.Split("role=\"region\" aria-label=\"").Skip(1).Select(t => t.Split('"')[0]).ToList();
        Assert.True(tables.Count >= 2, "tables of two kinds, the same time ahead");
        Assert.Distinct(tables);

        var page = await GetAsync("/states/tx/forecasts/state-loss");
        Assert.Contains("href=\"/regions#tx\"", page, StringComparison.Ordinal);
        Assert.Contains("Of 2025 Q3, from the survey up to 2025 Q2.", page, StringComparison.Ordinal);
        Assert.Contains("<dd>2025 Q3</dd>", page, StringComparison.Ordinal);
        Assert.Contains(">2025 Q2</a>", page, StringComparison.Ordinal);
        Assert.Contains("The last 10 like it (the same state, as far ahead)", page, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"state-high-loss\"", await GetAsync("/api/states/tx/forecasts"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/states/zz/forecasts/state-loss", Stop)).StatusCode);
    }

    private Task<int> RunAsync()
    {
        _host.Get<RegionsOptions>().Survey = File.Exists(SurveyPath) ? SurveyPath : "";
        return _host.Get<RegionRuns>().RunAsync(Stop);
    }

    private Task<IReadOnlyList<Forecast>> AllAsync(string state, string kind) => Store.RangeAsync(
        new SubjectId(RegionKind.State, state), kind, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 999, Stop);

    private Task<IReadOnlyList<ForecastScore>> ScoresAsync(string state, string kind) => Store.ScoresAsync(
        new SubjectId(RegionKind.State, state), kind, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 999, Stop);

    private async Task<string> GetAsync(string path) => WebUtility.HtmlDecode(await _host.Client.GetStringAsync(path, Stop));
}
