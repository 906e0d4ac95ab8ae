using System.Globalization;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.ColonyBees;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Recorded;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Hives.State;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests.Hives.Forecasts;

/// <summary>
/// Seven real hives of a recorded season by the colony model, held against the inspections; one of them alone without LONG_TESTS=1.
/// </summary>
public sealed class ColonyBeesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset July14 = new(2021, 7, 14, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;
    private ColonyBeesKind _kind = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Apiary Apiary => _host.Get<Apiary>();

    private VisitBook Visits => _host.Get<VisitBook>();

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, [.. Recording.Season.Hives.Keys.Select(h => (h, $"Hive {h}"))]),
            Recording.Season.Weather, judging: false);
        foreach (var (hive, record) in Recording.Season.Hives)
            _host.Store(PagesHost.Device(hive), Metrics.HiveTemperature, [.. record.Temperature.Select(o => (o.Time, o.Value))]);
        var visits = RecordedVisits.Read(new VisitsOptions { Recorded = [Recording.VisitsTable] }, Apiary);
        await new RecordedVisitsWriter(visits, Visits).StartAsync(Stop);
        _kind = new ColonyBeesKind(Visits, _host.Get<IObservations>(), _host.Get<WeatherRegistry>());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheGuideSaysHowWellTheSeasonsCountsWereForecast()
    {
        var scored = new List<IReadOnlyList<Measure>>();
        foreach (var hive in Apiary.Hives.Take(FuzzShare.Long ? 7 : 1))
        {
            foreach (var visit in (await Visits.AllAsync(hive, Stop)).Select(v => v.Visit).Where(v => v.FramesOfBees is not null))
            {
                var asOf = new DateTimeOffset(visit.Begin.UtcDateTime.Date, TimeSpan.Zero);
                var forecast = (await _kind.MakeAsync(hive, asOf, 1, Stop)).SingleOrDefault();
                if (forecast is not null && await _kind.TruthAsync(hive, forecast.Steps[0].ValidAt, Stop) is { } counted)
                    scored.Add(Measures.Of(forecast.Steps[0], counted));
            }
        }

        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {scored.Count} | {Mean("absolute-error", m => m.Baseline!.Value):0.00} | {Mean("absolute-error", m => m.Value):0.00} | "
                + $"{Mean("crps", m => m.Baseline!.Value):0.00} | {Mean("crps", m => m.Value):0.00} | "
                + $"{100 * Mean("covered", m => m.Value):0} % |");
        TestContext.Current.TestOutputHelper!.WriteLine(row);
        Assert.InRange(scored.Count, 8, 80);
        if (FuzzShare.Long)
            Assert.Contains(row, SeasonRuns.Guide, StringComparison.Ordinal);

        double Mean(string measure, Func<Measure, double> of) => scored.Average(s => of(s.Single(m => m.Name == measure)));
    }

    [Fact]
    public async Task WhatCameLaterChangesNothingThatWasSaid()
    {
        var hive = Apiary.FindHive("3629")!;
        var before = Assert.Single(await _kind.MakeAsync(hive, July14, 24, Stop));
        await Visits.AddRecordedAsync(hive, new Visit(July14.AddHours(1), "Ada") { FramesOfBees = 29 }, Stop);
        var again = Assert.Single(await _kind.MakeAsync(hive, July14, 1, Stop));
        Assert.Equal((before.Features, before.Steps[0].Value), (again.Features, again.Steps[0].Value));
        var next = Assert.Single(await _kind.MakeAsync(hive, July14.AddDays(1), 1, Stop));
        Assert.True(next.Steps[0].Value > before.Steps[0].Value);
        Assert.Contains(before.Steps[0].Reasons, r => r.Contains("none were washed", StringComparison.Ordinal));
        Assert.Contains(before.Steps[0].Reasons, r => r.Contains("scenario", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ItSaysNothingWithoutACountOrAfterALossAndWhy()
    {
        var hive = Apiary.FindHive("3629")!;
        var june = new DateTimeOffset(2021, 6, 20, 0, 0, 0, TimeSpan.Zero);
        Assert.Empty(await _kind.MakeAsync(hive, june, 1, Stop));
        Assert.Contains("counted frames", await WhyNotAsync(hive, june), StringComparison.Ordinal);
        await Visits.AddRecordedAsync(hive, new Visit(July14.AddHours(1), "Ada") { Loss = new Loss(LossCause.Unknown) }, Stop);
        Assert.Empty(await _kind.MakeAsync(hive, July14.AddDays(1), 1, Stop));
        Assert.Contains("a loss", await WhyNotAsync(hive, July14.AddDays(1)), StringComparison.Ordinal);
        var tropics = hive with { Site = hive.Site with { Latitude = 5 } };
        Assert.Contains("40 to 52° north", await WhyNotAsync(tropics, July14), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWashTellsOfMites()
    {
        var hive = Apiary.FindHive("3627")!;
        await Visits.AddRecordedAsync(hive, new Visit(July14.AddHours(-6), "Ada") { MiteWash = new MiteWash(9, 300) }, Stop);
        var said = Assert.Single(await _kind.MakeAsync(hive, July14, 1, Stop));
        Assert.Contains(said.Steps[0].Reasons, r => r.Contains("mites on 100 bees", StringComparison.Ordinal));
    }

    private async Task<string> WhyNotAsync(Subject hive, DateTimeOffset asOf) => await _kind.WhyNotAsync(hive, asOf, Stop) ?? "";
}
