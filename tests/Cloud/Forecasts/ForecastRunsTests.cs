using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Dashboard;
using IotGateway.Cloud.Weather;
using IotGateway.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Forecasts;

public sealed class ForecastRunsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await PagesHost.Start(_folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EachHourIsJudgedOnceInOrderAndARestartContinues()
    {
        Fill("a", 0, 60);
        await Runs().CatchUp(CancellationToken.None);
        var before = All("a");
        Assert.Equal(Enumerable.Range(1, before.Count).Select(h => Start.AddHours(h)), before.Select(r => r.AsOf));
        Assert.InRange(before.Count, 58, 60);

        Fill("a", 60, 90);
        var restarted = Runs();
        await restarted.CatchUp(CancellationToken.None);
        await restarted.CatchUp(CancellationToken.None);
        var after = All("a");
        Assert.Equal(before.Count + 30, after.Count);
        Assert.Equal(before.Select(r => (r.AsOf, r.State, r.Evidence)), after.Take(before.Count).Select(r => (r.AsOf, r.State, r.Evidence)));
        Assert.Equal(after[^1].AsOf, _host.Get<ForecastBook>().Newest("a")!.AsOf);
        Assert.Equal(after.Count, _host.Get<ForecastCounters>().Runs);
    }

    [Fact]
    public async Task AHiveThatStopsFallsSilentWhileAnotherMovesTheClock()
    {
        Fill("a", 0, 60);
        Fill("b", 0, 66);
        await Runs().CatchUp(CancellationToken.None);
        Assert.Equal(RiskState.Silent, _host.Get<ForecastBook>().Newest("a")!.State);
        Assert.NotEqual(RiskState.Silent, _host.Get<ForecastBook>().Newest("b")!.State);
    }

    [Fact]
    public async Task OneFailingHiveIsCountedAndTheOthersAreJudged()
    {
        Fill("a", 0, 5);
        await _host.DisposeAsync();
        using (var damaged = new LiteDB.LiteDatabase(_folder.File("hot.db")))
        {
            var parts = damaged.GetCollection("parts");
            var of = parts.FindAll().Single();
            of["d"] = "no bytes";
            parts.Update(of);
            damaged.Checkpoint();
        }

        await InitializeAsync();
        Fill("b", 0, 5);
        await Runs().CatchUp(CancellationToken.None);
        Assert.Equal(1, _host.Get<ForecastCounters>().Failed);
        Assert.NotNull(_host.Get<ForecastBook>().Newest("b"));
    }

    [Fact]
    public void ARunOnceSaidIsNeverRewritten()
    {
        var book = _host.Get<ForecastBook>();
        var said = new HiveRisk(Start, RiskState.Watch, [new Reason(RiskState.Watch, "fall", "said first")], new RiskEvidence());
        Assert.Equal(1, book.Add("a", [said]));
        Assert.Equal(0, book.Add("a", [said with { State = RiskState.Normal }]));
        Assert.Equal(RiskState.Watch, book.Newest("a")!.State);
        Assert.Null(book.Newest("b"));
        Assert.Single(book.Range("a", Start, Start.AddHours(1)));
        Assert.Empty(book.Range("a", Start.AddMinutes(1), Start.AddHours(5)));
    }

    [Fact]
    public void ADamagedBookIsSetAsideAndANewOneBegun()
    {
        var file = _folder.File("damaged.db");
        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)7, 20_000)]);
        using var book = ForecastBook.Open(file, TimeProvider.System, NullLogger<ForecastBook>.Instance);
        Assert.Null(book.Newest("a"));
        Assert.Single(Directory.GetFiles(_folder.Path, "damaged.db.*.aside"));
    }

    private ForecastRuns Runs() => new(
        _host.Get<Apiary>(), _host.Get<LiteObservations>(), _host.Get<WeatherBook>(), _host.Get<SiteClock>(), _host.Get<ForecastBook>(),
        _host.Get<ForecastCounters>(), _host.Get<ChangeFeed>(), TimeProvider.System, NullLogger<ForecastRuns>.Instance);

    private IReadOnlyList<HiveRisk> All(string hive) => _host.Get<ForecastBook>().Range(hive, Start, Start.AddDays(30));

    private void Fill(string hive, int fromHour, int toHour) => _host.Store(
        PagesHost.Device(hive), Metrics.HiveTemperature,
        Enumerable.Range(fromHour * 4, (toHour - fromHour) * 4).Select(q => (Start.AddMinutes((q * 15) + 5), 34.5)));
}
