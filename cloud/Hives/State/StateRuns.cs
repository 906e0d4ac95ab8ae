using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Weight;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// Hourly runs of the rule: each hive is judged once for each hour, as of then; then the events of its site are looked for.
/// </summary>
internal sealed class StateRuns(
    Apiary apiary, IObservations store, WeatherRegistry weather, SiteClock clock, StateStore states, VisitBook visits,
    EventStore events, [FromKeyedServices(StateRuns.Counters)] RunCounters counters, ChangeFeed changes, TimeProvider time,
    ILogger<HourlyRuns> log)
    : HourlyRuns(clock, counters, changes, time, log)
{
    /// <summary>The key of their counters.</summary>
    public const string Counters = "states";

    /// <summary>Time before an hour of which the scale's readings are looked at.</summary>
    private static readonly TimeSpan ScaleWindow = TimeSpan.FromDays(30);

    protected override IReadOnlyList<HourlyTask> Tasks { get; } =
        [.. TasksOf(apiary, store, weather, states, visits), .. EventTasksOf(apiary, events)];

    private static IEnumerable<HourlyTask> TasksOf(
        Apiary apiary, IObservations store, WeatherRegistry weather, StateStore states, VisitBook visits)
    {
        var nests = new SiteNests(apiary, store, visits);
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

    private static IEnumerable<HourlyTask> EventTasksOf(Apiary apiary, EventStore events) => apiary.Subjects
        .Where(s => s.Key.Kind == SubjectId.Site)
        .Select(site => new HourlyTask(
            $"Events of site {site.Id}", site, cancellation => events.DoneAsync(site, cancellation),
            (first, count, cancellation) => events.AddAsync(site, first, count, cancellation)));

    private static async Task<HiveRecord> RecordAsync(
        IObservations store, WeatherRegistry weather, Subject hive, DateTimeOffset first, DateTimeOffset last,
        CancellationToken cancellation)
    {
        var (from, to) = (first - KnownHours.Window, last.AddMilliseconds(1));
        return new HiveRecord(
            await store.RangeAsync(hive, Metrics.HiveTemperature, from, to, int.MaxValue, cancellation),
            await store.RangeAsync(hive, Metrics.HiveHumidity, from, to, int.MaxValue, cancellation),
            weather.For(hive.Site))
        {
            Weight = await ScaleReadings.ReadAsync(store, hive, first - ScaleWindow, last, cancellation),
            Second = await SecondAsync(store, hive, from, to, cancellation),
            FirstTemperature = await FirstAsync(store, hive, Metrics.HiveTemperature, cancellation),
            Site = hive.Site,
        };
    }

    /// <summary>The first temperature or weight, from which on a hive is judged.</summary>
    private static async Task<DateTimeOffset?> FirstReadingAsync(IObservations store, Subject hive, CancellationToken cancellation)
    {
        var temperature = await FirstAsync(store, hive, Metrics.HiveTemperature, cancellation);
        var weight = await FirstAsync(store, hive, Metrics.Weight, cancellation);
        return weight is null || temperature < weight ? temperature : weight;
    }

    /// <summary>Temperatures of another of the hive's devices than the one that speaks for them.</summary>
    private static async Task<IReadOnlyList<Observation>> SecondAsync(
        IObservations store, Subject hive, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        foreach (var other in hive.Devices.Where(d => d.Device != hive.DeviceFor(Metrics.HiveTemperature)))
        {
            if (await store.RangeAsync(other.Device, Metrics.HiveTemperature, from, to, int.MaxValue, cancellation) is { Count: > 0 } read)
                return read;
        }

        return [];
    }

    private static async Task<DateTimeOffset?> FirstAsync(
        IObservations store, Subject hive, string metric, CancellationToken cancellation) =>
        await store.RangeAsync(
            hive, metric, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1, cancellation) is [var first] ? first.Time : null;
}
