using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// Judges each hive once for each hour that its site's clock has completed, in order, and continues after a restart where it was.
/// Woken by new observations, and once a minute so that a hive falls silent without any.
/// </summary>
internal sealed class StateRuns(
    Apiary apiary, IObservations store, WeatherRegistry weather, SiteClock clock, IStateStore book, StateCounters counters,
    ChangeFeed changes, TimeProvider time, ILogger<StateRuns> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _judged = new(StringComparer.Ordinal);

    /// <summary>Judges what is due, a bounded number of hours a hive at a time, until nothing is.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        bool more;
        do
        {
            more = false;
            var now = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
            foreach (var site in apiary.Sites)
                now[site.Id] = await clock.NowAsync(site, cancellation);
            foreach (var hive in apiary.Hives)
            {
                cancellation.ThrowIfCancellationRequested();
                if (now[hive.Site.Id] is { } siteTime)
                    more |= await IsolatedAsync(hive, siteTime, cancellation);
            }
        }
        while (more);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var timer = new PeriodicTimer(Tick, time);
        await using var changed = changes.ListenAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var change = changed.MoveNextAsync().AsTask();
        var tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
        try
        {
            while (true)
            {
                await CatchUpAsync(stoppingToken);
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
    private async Task<bool> IsolatedAsync(Hive hive, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await StepAsync(hive, now, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            counters.AddFailed();
            log.Failed(e, hive.Id);
            return false;
        }
    }

    private async Task<bool> StepAsync(Hive hive, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await JudgedAsync(hive, cancellation) is not { } judged)
            return false;

        var plan = RunPlan.After(judged, now);
        if (plan.Count == 0)
            return false;
        if (plan.Skipped > 0)
        {
            counters.AddSkipped(plan.Skipped);
            log.Skipped(hive.Id, plan.Skipped);
        }

        var last = plan.First.AddHours(plan.Count - 1);
        _judged[hive.Id] = last;
        var record = new HiveRecord(
            await KnownAsync(hive, Metrics.HiveTemperature, plan.First, last, cancellation), await KnownAsync(hive, Metrics.HiveHumidity, plan.First, last, cancellation), weather.For(hive.Site));
        counters.AddJudged(await book.AddAsync(hive.Device, [.. Enumerable.Range(0, plan.Count).Select(h => HiveRule.Judge(record, plan.First.AddHours(h)))], cancellation));
        return plan.Count == RunPlan.MostAtOnce;
    }

    private Task<IReadOnlyList<Observation>> KnownAsync(Hive hive, string metric, DateTimeOffset first, DateTimeOffset last, CancellationToken cancellation) =>
        store.RangeAsync(hive.Device, metric, first - KnownHours.Window, last.AddMilliseconds(1), int.MaxValue, cancellation);

    private async Task<DateTimeOffset?> JudgedAsync(Hive hive, CancellationToken cancellation)
    {
        if (_judged.TryGetValue(hive.Id, out var known))
            return known;
        if (((await book.NewestAsync(hive.Device, cancellation))?.AsOf ?? await FirstReadingAsync(hive, cancellation)) is not { } found)
            return null;
        return _judged[hive.Id] = found;
    }

    private async Task<DateTimeOffset?> FirstReadingAsync(Hive hive, CancellationToken cancellation) =>
        await store.RangeAsync(hive.Device, Metrics.HiveTemperature, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1, cancellation) is [var first] ? first.Time : null;
}
