using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Judges each hive once for each hour that its site's clock has completed, in order, and continues after a restart where it was.
/// Woken by new observations, and once a minute so that a hive falls silent without any.
/// </summary>
internal sealed class ForecastRuns(
    Apiary apiary, ObservationStore store, WeatherBook weather, SiteClock clock, ForecastBook book, ForecastCounters counters,
    ChangeFeed changes, TimeProvider time, ILogger<ForecastRuns> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _judged = new(StringComparer.Ordinal);

    /// <summary>Judges what is due, a bounded number of hours a hive at a time, until nothing is.</summary>
    public void CatchUp(CancellationToken cancellation)
    {
        bool more;
        do
        {
            more = false;
            var now = apiary.Sites.ToDictionary(s => s.Id, clock.Now, StringComparer.Ordinal);
            foreach (var hive in apiary.Hives)
            {
                cancellation.ThrowIfCancellationRequested();
                if (now[hive.Site.Id] is { } siteTime)
                    more |= Isolated(hive, siteTime);
            }
        }
        while (more);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var timer = new PeriodicTimer(Tick, time);
        await using var changed = changes.Listen(stop.Token).GetAsyncEnumerator(stop.Token);
        var change = changed.MoveNextAsync().AsTask();
        var tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
        try
        {
            while (true)
            {
                CatchUp(stoppingToken);
                var due = await Task.WhenAny(change, tick);
                await due;
                if (due == change)
                    change = changed.MoveNextAsync().AsTask();
                else
                    tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            // An enumerator must not be disposed of while it moves.
            await stop.CancelAsync();
            await Task.WhenAny(change);
        }
    }

    /// <summary>One hive's unexpected failure is logged and counted and does not keep the others from their turn; the hours of the failed step stay without a run.</summary>
    private bool Isolated(Hive hive, DateTimeOffset now)
    {
        try
        {
            return Step(hive, now);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            counters.Fail();
            log.Failed(e, hive.Id);
            return false;
        }
    }

    private bool Step(Hive hive, DateTimeOffset now)
    {
        if (Judged(hive) is not { } judged)
            return false;

        var plan = RunPlan.After(judged, now);
        if (plan.Count == 0)
            return false;
        if (plan.Skipped > 0)
        {
            counters.Skip(plan.Skipped);
            log.Skipped(hive.Id, plan.Skipped);
        }

        var last = plan.First.AddHours(plan.Count - 1);
        _judged[hive.Id] = last;
        var record = new HiveRecord(
            Known(hive, Metrics.HiveTemperature, plan.First, last), Known(hive, Metrics.HiveHumidity, plan.First, last), weather.For(hive.Site));
        counters.Ran(book.Add(hive.Id, [.. Enumerable.Range(0, plan.Count).Select(h => HiveRule.Judge(record, plan.First.AddHours(h)))]));
        return plan.Count == RunPlan.MostAtOnce;
    }

    private IReadOnlyList<Observation> Known(Hive hive, string metric, DateTimeOffset first, DateTimeOffset last) =>
        store.Range(hive.Device, metric, first - KnownHours.Window, last.AddMilliseconds(1));

    private DateTimeOffset? Judged(Hive hive)
    {
        if (_judged.TryGetValue(hive.Id, out var known))
            return known;
        if ((book.Newest(hive.Id)?.AsOf ?? FirstReading(hive)) is not { } found)
            return null;
        return _judged[hive.Id] = found;
    }

    private DateTimeOffset? FirstReading(Hive hive) =>
        store.Range(hive.Device, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, limit: 1) is [var first] ? first.Time : null;
}
