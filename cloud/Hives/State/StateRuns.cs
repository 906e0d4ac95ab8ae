using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>Hourly runs of the rule: each hive is judged once for each hour, as of then.</summary>
internal sealed class StateRuns(
    Apiary apiary, IObservations store, WeatherRegistry weather, SiteClock clock, StateStore states, VisitBook visits,
    [FromKeyedServices(StateRuns.Counters)] RunCounters counters, ChangeFeed changes, TimeProvider time, ILogger<HourlyRuns> log)
    : HourlyRuns(clock, counters, changes, time, log)
{
    /// <summary>The key of their counters.</summary>
    public const string Counters = "states";

    protected override IReadOnlyList<HourlyTask> Tasks { get; } = [.. TasksOf(apiary, store, weather, states, visits)];

    private static IEnumerable<HourlyTask> TasksOf(
        Apiary apiary, IObservations store, WeatherRegistry weather, StateStore states, VisitBook visits)
    {
        var nests = new SiteNests(apiary, store);
        return apiary.Hives.Select(hive => new HourlyTask(
            $"Judging hive {hive.Id}",
            hive,
            async cancellation => (await states.NewestAsync(hive, cancellation))?.AsOf
                ?? await FirstReadingAsync(store, hive, cancellation),
            async (first, count, cancellation) =>
            {
                var last = first.AddHours(count - 1);
                var record = await RecordAsync(store, weather, hive, first, last, cancellation);
                var site = await nests.ReadAsync(hive.Site, first, last, cancellation);
                var written = await visits.AllAsync(hive, cancellation);
                var said = new List<HiveState>();
                for (var before = await states.BeforeAsync(hive, first, cancellation); said.Count < count; before = said[^1])
                {
                    var hour = first.AddHours(said.Count);
                    var known = VisitBook.KnownOf(written, hour).Select(VisitHours.Of);
                    said.Add(Judgement.Judge(record, hive.Id, site, [.. known], before, hour));
                }

                return await states.AddAsync(hive, said, cancellation);
            }));
    }

    private static async Task<HiveRecord> RecordAsync(
        IObservations store, WeatherRegistry weather, Subject hive, DateTimeOffset first, DateTimeOffset last,
        CancellationToken cancellation)
    {
        var (from, to) = (first - KnownHours.Window, last.AddMilliseconds(1));
        return new HiveRecord(
            await store.RangeAsync(hive, Metrics.HiveTemperature, from, to, int.MaxValue, cancellation),
            await store.RangeAsync(hive, Metrics.HiveHumidity, from, to, int.MaxValue, cancellation),
            weather.For(hive.Site));
    }

    private static async Task<DateTimeOffset?> FirstReadingAsync(IObservations store, Subject hive, CancellationToken cancellation) =>
        await store.RangeAsync(
            hive, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1,
            cancellation) is [var first] ? first.Time : null;
}
