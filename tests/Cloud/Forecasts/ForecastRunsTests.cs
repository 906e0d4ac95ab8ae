using System.Text.Json;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace IotGateway.Cloud.Tests.Forecasts;

/// <summary>A kind is registered by one line: it is run each hour, kept, scored and answered.</summary>
public sealed class ForecastRunsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Subject Hive => _host.Get<Apiary>().FindHive("a")!;

    private ForecastStore Store => _host.Get<ForecastStore>();

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync(
        _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false,
        also: services => services.RemoveAll<IForecastKind>().AddSingleton<IForecastKind, Persistence>().AddSingleton<ForecastRuns>());

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EachHourIsForecastOnceAndNeverRewritten()
    {
        Fill(0, 30, 34.5);
        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        var first = await AllAsync();
        Assert.Equal(Enumerable.Range(1, first.Count).Select(h => Start.AddHours(h)), first.Select(f => f.AsOf));
        Assert.InRange(first.Count, 28, 30);

        Fill(30, 40, 20);
        await ActivatorUtilities.CreateInstance<ForecastRuns>(_host.Services).CatchUpAsync(Stop);
        var again = await AllAsync();
        Assert.Equal(first.Count + 10, again.Count);
        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(again.Take(first.Count)));
        Assert.Equal(0, await Store.AddAsync("persistence", [again[0] with { Model = "another" }], Hive, Stop));
        Assert.Empty(await Store.RangeAsync(_host.Get<Apiary>().FindHive("b")!.Key, "persistence", Start, Start.AddDays(9), 99, Stop));
    }

    [Fact]
    public async Task TheApiListsForecastsWithTheScoresOfTimesThatCame()
    {
        Fill(0, 24, 34.5);
        Fill(24, 30, 33.5);
        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        var newest = Assert.Single((await AnswerAsync("/api/hives/a/forecasts")).GetProperty("kinds").EnumerateArray());
        Assert.Equal("persistence", newest.GetProperty("kind").GetString());
        var forecast = Assert.Single(newest.GetProperty("forecasts").EnumerateArray());
        var step = Assert.Single(forecast.GetProperty("steps").EnumerateArray());
        Assert.Equal(33.5, step.GetProperty("value").GetDouble());
        Assert.Equal(0.9, step.GetProperty("quantiles")[1].GetProperty("probability").GetDouble());
        Assert.Equal("hive/a", (await AnswerAsync("/api/hives/a/forecasts")).GetProperty("subject").GetString());
        var scored = newest.GetProperty("scores").EnumerateArray().First();
        Assert.Equal("2021-07-02T01:00:00+00:00", scored.GetProperty("said").GetProperty("validAt").GetString());
        Assert.Equal(33.5, scored.GetProperty("observed").GetDouble());
        var error = scored.GetProperty("measures").EnumerateArray().Single(m => m.GetProperty("name").GetString() == "absolute-error");
        Assert.Equal((1, 1), (error.GetProperty("value").GetDouble(), error.GetProperty("baseline").GetDouble()));

        var some = (await AnswerAsync("/api/hives/a/forecasts?from=2021-07-01T02:00:00Z&to=2021-07-01T05:00:00Z"))
            .GetProperty("kinds")[0]
            .GetProperty("forecasts");
        Assert.Equal(3, some.GetArrayLength());
        Assert.Empty((await AnswerAsync("/api/sites/montreal/forecasts")).GetProperty("kinds").EnumerateArray());
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await _host.Client.GetAsync("/api/sites/nowhere/forecasts", Stop)).StatusCode);
        Assert.Equal(
            System.Net.HttpStatusCode.BadRequest, (await _host.Client.GetAsync("/api/hives/a/forecasts?from=soon", Stop)).StatusCode);
    }

    [Fact]
    public async Task ATruthThatComesTwoDaysLateIsScoredOnceAndALaterOneNever()
    {
        Fill(0, 10, 34.5);
        Fill(34, 60, 34.5);
        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        Assert.DoesNotContain(await ScoresAsync(), s => s.Said.ValidAt <= Start.AddHours(33));

        Fill(10, 34, 30);
        Fill(60, (24 * 4) + 2, 34.5);
        await _host.Get<ForecastRuns>().CatchUpAsync(Stop);
        var late = (await ScoresAsync()).Where(s => s.Said.ValidAt < Start.AddHours(34)).ToList();
        Assert.NotEmpty(late);
        Assert.All(late, s => Assert.Equal(4.5, s.Measures[0].Value));
        Assert.All(late, s => Assert.True(s.ScoredAt > s.Said.ValidAt.AddDays(1), $"{s.ScoredAt} of {s.Said.ValidAt}"));
        Assert.Equal(late.Count, late.Select(s => s.Said.ValidAt).Distinct().Count());
    }

    private Task<IReadOnlyList<ForecastScore>> ScoresAsync() =>
        Store.ScoresAsync(Hive.Key, "persistence", Start, Start.AddDays(30), int.MaxValue, Stop);

    private async Task<JsonElement> AnswerAsync(string path) => JsonElement.Parse(await _host.Client.GetStringAsync(path, Stop));

    private Task<IReadOnlyList<Forecast>> AllAsync() =>
        Store.RangeAsync(Hive.Key, "persistence", Start, Start.AddDays(30), int.MaxValue, Stop);

    private void Fill(int fromHour, int toHour, double value) => _host.Store(
        PagesHost.Device("a"), Metrics.HiveTemperature,
        Enumerable.Range(fromHour * 4, (toHour - fromHour) * 4).Select(q => (Start.AddMinutes((q * 15) + 5), value)));

    /// <summary>Tomorrow is as today.</summary>
    private sealed class Persistence(IObservations store) : IForecastKind
    {
        public string Name => "persistence";

        public string Title => "Persistence";

        public string SubjectKind => SubjectId.Hive;

        public TimeSpan Farthest => TimeSpan.FromDays(1);

        public async Task<DateTimeOffset?> BeginsAsync(Subject subject, CancellationToken cancellation) =>
            await store.RangeAsync(
                subject, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1,
                cancellation) is [var first] ? first.Time : null;

        public async Task<IReadOnlyList<Forecast>> MakeAsync(
            Subject subject, DateTimeOffset first, int count, CancellationToken cancellation)
        {
            var made = new List<Forecast>();
            for (var hour = 0; hour < count; hour++)
            {
                if (await MakeAsync(subject, first.AddHours(hour), cancellation) is { } forecast)
                    made.Add(forecast);
            }

            return made;
        }

        private async Task<Forecast?> MakeAsync(Subject subject, DateTimeOffset asOf, CancellationToken cancellation)
        {
            var known = await store.RangeAsync(subject, Metrics.HiveTemperature, asOf.AddHours(-1), asOf, 99, cancellation);
            if (known.Count == 0)
                return null;
            var value = known[^1].Value;
            return new Forecast(
                subject.Key, Name, asOf, "persistence", "1", "as now", $"{known.Count}",
                [
                    new ForecastStep(
                        asOf.AddDays(1), "Cel", value, [new(0.1, value - 1), new(0.9, value + 1)], null, value, ["As it is now."]),
                ]);
        }

        public async Task<double?> TruthAsync(Subject subject, DateTimeOffset validAt, CancellationToken cancellation) =>
            await store.RangeAsync(subject, Metrics.HiveTemperature, validAt.AddHours(-1), validAt, 1, cancellation) is [var first]
                ? first.Value
                : null;
    }
}
