using System.Net;
using System.Text.Json;
using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Observations.Lite;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Hives.State;

public sealed class StateRunsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await PagesHost.StartAsync(_folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EachHourIsJudgedOnceInOrderAndARestartContinues()
    {
        Fill("a", 0, 60);
        await Runs().CatchUpAsync(CancellationToken.None);
        var before = await AllAsync("a");
        Assert.Equal(Enumerable.Range(1, before.Count).Select(h => Start.AddHours(h)), before.Select(r => r.AsOf));
        Assert.InRange(before.Count, 58, 60);

        Fill("a", 60, 90);
        var restarted = Runs();
        await restarted.CatchUpAsync(CancellationToken.None);
        await restarted.CatchUpAsync(CancellationToken.None);
        var after = await AllAsync("a");
        Assert.Equal(before.Count + 30, after.Count);
        Assert.Equal(
            before.Select(r => (r.AsOf, r.State, r.Evidence)), after.Take(before.Count).Select(r => (r.AsOf, r.State, r.Evidence)));
        Assert.Equal(after[^1].AsOf, (await NewestAsync("a"))!.AsOf);
        Assert.Equal(after.Count, Counters.Done);
    }

    [Fact]
    public async Task AHiveThatStopsFallsSilentWhileAnotherMovesTheClock()
    {
        Fill("a", 0, 60);
        Fill("b", 0, 66);
        await Runs().CatchUpAsync(CancellationToken.None);
        Assert.Equal(ColonyState.Silent, (await NewestAsync("a"))!.State);
        Assert.NotEqual(ColonyState.Silent, (await NewestAsync("b"))!.State);
    }

    [Fact]
    public async Task OneFailingHiveIsCountedAndTheOthersAreJudged()
    {
        Fill("a", 0, 5);
        await _host.DisposeAsync();
        using (var damaged = new DocumentFile(_folder.File("hot.db")))
        {
            var parts = damaged.Collection("parts");
            var of = parts.FindAll().Single();
            of["d"] = "no bytes";
            damaged.Change(() => parts.Update(of));
        }

        await InitializeAsync();
        Fill("b", 0, 5);
        await Runs().CatchUpAsync(CancellationToken.None);
        Assert.Equal(1, Counters.Failed);
        Assert.NotNull(await NewestAsync("b"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAlarmWithinTheHoursOfAWrittenVisitIsHeldBack(bool written)
    {
        Fill("a", 0, 80);
        Fill("b", 0, 80);
        var runs = Runs();
        await runs.CatchUpAsync(CancellationToken.None);
        var opened = new Visit(Start.AddHours(79), "Ada");
        if (written)
            Assert.True((await _host.Get<VisitBook>().AddAsync(Hive("a"), opened, CancellationToken.None)).Added);
        Fill("a", 80, 84, 28);
        Fill("b", 80, 84);
        await runs.CatchUpAsync(CancellationToken.None);

        var later = (await AllAsync("a")).Where(s => s.AsOf > Start.AddHours(81)).ToList();
        Assert.All(later, s => Assert.Equal(written ? ColonyState.Normal : ColonyState.Abnormal, s.State));
        Assert.All(later, s => Assert.Contains(s.Reasons, r => r.HeldBack == (written ? opened.Begin : null)
            && r.State == ColonyState.Abnormal));
        Assert.All(later, s => Assert.Equal(1, s.Evidence.Neighbours));
    }

    [Fact]
    public async Task AnEventOfTwoHivesIsKeptAsItBeganAndServed()
    {
        foreach (var hive in new[] { "a", "b" })
        {
            Fill(hive, 0, 80);
            Fill(hive, 80, 86, 28);
        }

        await Runs().CatchUpAsync(CancellationToken.None);
        await Runs().CatchUpAsync(CancellationToken.None);
        var answer = JsonElement.Parse(await _host.Client.GetStringAsync(
            "/api/sites/montreal/events?from=2021-07-01T00:00:00Z&to=2021-07-09T00:00:00Z", TestContext.Current.CancellationToken));
        var now = Assert.Single(answer.GetProperty("events").EnumerateArray());
        var changes = answer.GetProperty("changes").EnumerateArray().ToList();
        Assert.All(changes, c => Assert.Single(c.GetProperty("events").EnumerateArray()));
        Assert.Equal(now.ToString(), changes[^1].GetProperty("events")[0].ToString());
        Assert.Equal(["a", "b"], now.GetProperty("hives").EnumerateArray().Select(h => h.GetString()));
        Assert.Equal(changes.Count, changes.Select(c => c.GetProperty("asOf").GetString()).Distinct().Count());
        Assert.False(JsonElement.Parse(await _host.Client.GetStringAsync(
            "/api/sites/montreal/events", TestContext.Current.CancellationToken)).TryGetProperty("changes", out _));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _host.Client.GetAsync("/api/sites/nowhere/events", TestContext.Current.CancellationToken)).StatusCode);
    }

    private StateRuns Runs() => new(
        _host.Get<Apiary>(), _host.Get<LiteObservations>(), _host.Get<WeatherRegistry>(), _host.Get<SiteClock>(), _host.Get<StateStore>(),
        _host.Get<VisitBook>(), _host.Get<EventStore>(), Counters, _host.Get<ChangeFeed>(), TimeProvider.System,
        NullLogger<HourlyRuns>.Instance);

    private RunCounters Counters => _host.Services.GetRequiredKeyedService<RunCounters>(StateRuns.Counters);

    private StateStore States => _host.Get<StateStore>();

    private Subject Hive(string hive) => _host.Get<Apiary>().FindHive(hive)!;

    private Task<HiveState?> NewestAsync(string hive) => States.NewestAsync(Hive(hive), CancellationToken.None);

    private Task<IReadOnlyList<HiveState>> AllAsync(string hive) =>
        States.RangeAsync(Hive(hive), Start, Start.AddDays(30), int.MaxValue, CancellationToken.None);

    private void Fill(string hive, int fromHour, int toHour, double celsius = 34.5) => _host.Store(
        PagesHost.Device(hive), Metrics.HiveTemperature,
        Enumerable.Range(fromHour * 4, (toHour - fromHour) * 4).Select(q => (Start.AddMinutes((q * 15) + 5), celsius)));
}
