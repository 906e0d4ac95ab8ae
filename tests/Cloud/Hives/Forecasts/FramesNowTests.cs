using System.Globalization;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.FramesNow;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Visits.Recorded;
using IotGateway.Cloud.Hives.Visits.Stores;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Hives.State;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Learning.Hives.Frames;
using IotGateway.Science.Hive.Learnt;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using Learnt = IotGateway.Learning.Hives.Nest.NestHours;

namespace IotGateway.Cloud.Tests.Hives.Forecasts;

/// <summary>The learnt frames of bees as the cloud serves them over the recorded season, each hive held out.</summary>
public sealed class FramesNowTests(FramesNowTests.Season season) : IClassFixture<FramesNowTests.Season>
{
    private readonly PagesHost _host = season.Host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Apiary Apiary => _host.Get<Apiary>();

    [Fact]
    public async Task ServingsFeaturesAreByteForByteThoseOfTraining()
    {
        var rows = FrameRows.Read(Learnt.Read()).Usable;
        Assert.Equal(62, rows.Count);
        foreach (var row in rows)
        {
            var (learnt, asOf) = (row.Example.Features, new DateTimeOffset(Learnt.First.AddHours(row.Hour)));
            var week = await NestWeeks.ReadAsync(
                _host.Get<IObservations>(), _host.Get<WeatherRegistry>(), Apiary.FindHive(row.Example.Group)!, asOf, Stop);
            var served = FrameFeatures.Of(learnt[0], (int)(learnt[2] - learnt[3]), (int)learnt[2], week!.Value);
            Assert.Equal(learnt.Select(BitConverter.DoubleToInt64Bits), served.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    /// <summary>
    /// As of the midnight before each count: by visits as the recording has them, with boxes as they were found; by visits that say what
    /// was set on or taken off, so that the next visit found it; and by found boxes taken for those left, which the cloud does not do.
    /// </summary>
    [Fact]
    public async Task TheGuideSaysHowWellTheSeasonsVisitsWereSaid()
    {
        List<string> rows =
        [
            .. await RowsAsync("what was set on is written", (visit, next) => visit with
            {
                Boxes = next, Equipment = new Equipment(Math.Max(0, (next - visit.Boxes) ?? 0), Math.Max(0, (visit.Boxes - next) ?? 0)),
            }),
        ];
        if (FuzzShare.Long)
        {
            rows.AddRange(await RowsAsync("as recorded", (visit, _) => visit));
            rows.AddRange(await RowsAsync(
                "found boxes taken for those left", (visit, _) => visit with { Equipment = new Equipment() }));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', rows));
        Assert.All(rows, row => Assert.Contains(row, SeasonRuns.Guide, StringComparison.Ordinal));
    }

    private async Task<IEnumerable<string>> RowsAsync(string visits, Func<Visit, int?, Visit> written)
    {
        using var folder = new TempFolder();
        using var store = new LiteVisits(Path.Combine(folder.Path, "visits.db"));
        var book = new VisitBook(store, _host.Get<SiteClock>(), TimeProvider.System);
        var kind = new FramesNowKind(book, Apiary, _host.Get<IObservations>(), _host.Get<WeatherRegistry>());
        var counted = new List<(Subject Hive, Visit Visit)>();
        foreach (var hive in Apiary.Hives)
        {
            Visit[] all = [.. (await _host.Get<VisitBook>().AllAsync(hive, Stop)).Select(v => v.Visit).OrderBy(v => v.Begin)];
            foreach (var (i, visit) in all.Index())
                await book.AddRecordedAsync(hive, written(visit, all.ElementAtOrDefault(i + 1)?.Boxes ?? visit.Boxes), Stop);
            counted.AddRange(all.Where(v => v.FramesOfBees is not null).Select(v => (hive, v)));
        }

        var scored = new List<(string Model, IReadOnlyList<Measure> Measures)>();
        foreach (var (hive, visit) in counted)
        {
            var midnight = new DateTimeOffset(visit.Begin.UtcDateTime.Date, TimeSpan.Zero);
            if (await kind.MakeAsync(hive, midnight, 1, Stop) is [var said])
                scored.Add((said.Model, Measures.Of(said.Steps[0], visit.FramesOfBees!.Value)));
        }

        return scored.GroupBy(s => s.Model).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Row(visits, g.Key, [.. g.Select(s => s.Measures)]));
    }

    private static string Row(string visits, string model, IReadOnlyList<IReadOnlyList<Measure>> scored)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {visits} | {model} | {scored.Count} | {Mean("absolute-error", m => m.Baseline!.Value):0.00} | "
                + $"{Mean("absolute-error", m => m.Value):0.00} | {Mean("crps", m => m.Value):0.00} | "
                + $"{100 * Mean("covered", m => m.Value):0} % |");

        double Mean(string measure, Func<Measure, double> of) => scored.Average(s => of(s.Single(m => m.Name == measure)));
    }

    /// <summary>The season's readings and visits, stored once for all tests of the class.</summary>
    public sealed class Season : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        internal PagesHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PagesHost.StartAsync(
                _folder.Path, PagesHost.Apiary(Origin.Recorded, [.. Recording.Season.Hives.Keys.Select(h => (h, $"Hive {h}"))]),
                Recording.Season.Weather, judging: false);
            var visits = RecordedVisits.Read(new VisitsOptions { Recorded = [Recording.VisitsTable] }, Host.Get<Apiary>());
            await new RecordedVisitsWriter(visits, Host.Get<VisitBook>()).StartAsync(Stop);
            foreach (var (hive, record) in Recording.Season.Hives)
                Host.Store(PagesHost.Device(hive), Metrics.HiveTemperature, [.. record.Temperature.Select(o => (o.Time, o.Value))]);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }
    }
}
