using System.Globalization;
using System.Net;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.FramesOfBees;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Recorded;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Hives.State;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Hives.Forecasts;

/// <summary>Seven real hives of a recorded season with their inspections: forecast each day, scored by the visits that came.</summary>
public sealed class FramesOfBeesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 6, 19, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Apiary Apiary => _host.Get<Apiary>();

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, [.. Recording.Season.Hives.Keys.Select(h => (h, $"Hive {h}"))]),
            Recording.Season.Weather, judging: false, also: services =>
            {
                foreach (var other in services.Where(s => s.ServiceType == typeof(IForecastKind)
                    && s.ImplementationType?.Namespace?.Contains(".Hives.Forecasts", StringComparison.Ordinal) != true).ToList())
                    services.Remove(other);
                services.AddSingleton<ForecastRuns>().AddSingleton<StateRuns>();
            });
        var visits = RecordedVisits.Read(new VisitsOptions { Recorded = [Recording.VisitsTable] }, Apiary);
        await new RecordedVisitsWriter(visits, _host.Get<VisitBook>()).StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheGuideSaysHowWellTheSeasonsVisitsWereForecast()
    {
        var kind = new FramesOfBeesKind(_host.Get<VisitBook>(), Apiary);
        var scored = new List<(int Days, IReadOnlyList<Measure> Measures)>();
        foreach (var hive in Apiary.Hives)
        {
            var said = await kind.MakeAsync(hive, Start, 134 * 24, Stop);
            Assert.All(said, f => Assert.Equal(0, f.AsOf.Hour));
            Assert.InRange(said.Count, 90, 134);
            foreach (var (forecast, step) in said.SelectMany(f => f.Steps, (f, s) => (f, s)))
            {
                if (await kind.TruthAsync(hive, step.ValidAt, Stop) is { } counted)
                    scored.Add(((step.ValidAt - forecast.AsOf).Days, Measures.Of(step, counted)));
            }
        }

        string[] rows = [.. scored.GroupBy(s => s.Days).OrderBy(g => g.Key).Select(g => Row(g.Key, [.. g.Select(s => s.Measures)]))];
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task VisitsThatCameLaterChangeNothingThatWasSaid()
    {
        var asOf = Start.AddDays(30);
        var kind = new FramesOfBeesKind(_host.Get<VisitBook>(), Apiary);
        var hive = Apiary.FindHive("3629")!;
        var before = Assert.Single(await kind.MakeAsync(hive, asOf, 1, Stop));
        await _host.Get<VisitBook>().AddRecordedAsync(
            hive, new Visit(asOf.AddHours(1), "Ada") { FramesOfBees = 99 }, Stop);
        var again = Assert.Single(await kind.MakeAsync(hive, asOf, 1, Stop));
        Assert.Equal((before.Features, before.Steps[0].Value), (again.Features, again.Steps[0].Value));
        Assert.NotEqual(before.Features, Assert.Single(await kind.MakeAsync(hive, asOf.AddDays(1), 1, Stop)).Features);
        Assert.Empty(await kind.MakeAsync(hive, asOf.AddHours(1), 23, Stop));
    }

    [Fact]
    public async Task FewVisitsAndAnOldCountSayNothing()
    {
        var kind = new FramesOfBeesKind(_host.Get<VisitBook>(), Apiary);
        Assert.Empty(await kind.MakeAsync(Apiary.FindHive("3629")!, Start.AddDays(5), 1, Stop));
        Assert.Empty(await kind.MakeAsync(Apiary.FindHive("3629")!, Start.AddDays(220), 1, Stop));
    }

    /// <summary>
    /// Readings, states, forecasts, scores and pages of eight days of the recording, up to a day behind the visits of 13 July.
    /// </summary>
    [Fact]
    public async Task ThePagesOfTheReplayedSeasonShowForecastsWithTheirRecord()
    {
        var (begin, end) = (Start.AddDays(18), Start.AddDays(26).AddHours(1));
        foreach (var (hive, record) in Recording.Season.Hives)
        {
            _host.Store(PagesHost.Device(hive), Metrics.HiveTemperature, [
                .. record.Temperature.Where(o => o.Time >= begin && o.Time < end).Select(o => (o.Time, o.Value))]);
        }

        await _host.Get<StateRuns>().CatchUpAsync(Stop);
        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        var page = await PageAsync("/hives/3629");
        Assert.Contains("Frames of bees in a week as of Wed 14 Jul 2021, 20:00", page, StringComparison.Ordinal);
        Assert.Contains("It holds its nest less steady than its neighbours", page, StringComparison.Ordinal);
        Assert.Contains("visits within 14 days told of", page, StringComparison.Ordinal);
        Assert.Contains("Frames of bees in a week", await PageAsync("/record"), StringComparison.Ordinal);
        Assert.Contains("“as at the last visit”", await PageAsync("/record"), StringComparison.Ordinal);
        Assert.Contains("frames in the middle", await PageAsync("/hives/3629/forecasts/frames-of-bees"), StringComparison.Ordinal);
        var now = await PageAsync("/hives/3629/forecasts/frames-now");
        Assert.Contains("Not said by the learnt model: the last visit does not say its boxes", now, StringComparison.Ordinal);
        Assert.Contains(
            "<li>Mites at the next wash, 3 mites on 100 bees or more at the next wash: no visit has written", page,
            StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await _host.Client.GetStringAsync(path, Stop));

    private static string Row(int days, IReadOnlyList<IReadOnlyList<Measure>> scored)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {days} d | {scored.Count} | {Mean("absolute-error", m => m.Baseline!.Value):0.00} | "
                + $"{Mean("absolute-error", m => m.Value):0.00} | {Mean("crps", m => m.Baseline!.Value):0.00} | "
                + $"{Mean("crps", m => m.Value):0.00} | {100 * Mean("covered", m => m.Value):0} % |");

        double Mean(string measure, Func<Measure, double> of) => scored.Average(s => of(s.Single(m => m.Name == measure)));
    }
}
