using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Runs;

/// <summary>
/// Runs of tasks, once for each hour that their site's clock has completed, in order; continued after a restart where they were.
/// Woken by new observations, and once a minute so that a hive falls silent without any.
/// </summary>
internal abstract class HourlyRuns(SiteClock clock, RunCounters counters, ChangeFeed changes, TimeProvider time, ILogger<HourlyRuns> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _done = new(StringComparer.Ordinal);

    /// <summary>All tasks; the same names each time.</summary>
    protected abstract IReadOnlyList<HourlyTask> Tasks { get; }

    /// <summary>Does what is due, a bounded number of hours a task at a time, until nothing is.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        bool more;
        do
        {
            more = false;
            var now = new Dictionary<Site, DateTimeOffset?>();
            foreach (var task in Tasks)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!now.TryGetValue(task.Subject.Site, out var siteTime))
                    now[task.Subject.Site] = siteTime = await clock.NowAsync(task.Subject.Site, cancellation);
                if (siteTime is { } until)
                    more |= await IsolatedAsync(task, until, cancellation);
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

    /// <summary>
    /// One task's unexpected failure is logged and counted and does not keep the others from their turn; the hours of the failed step are
    /// left out.
    /// </summary>
    private async Task<bool> IsolatedAsync(HourlyTask task, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await StepAsync(task, now, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            counters.AddFailed();
            log.Failed(e, task.Name);
            return false;
        }
    }

    private async Task<bool> StepAsync(HourlyTask task, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!_done.TryGetValue(task.Name, out var newest))
        {
            if (await task.Newest(cancellation) is not { } found)
                return false;
            newest = _done[task.Name] = found;
        }

        var plan = RunPlan.After(newest, now);
        if (plan.Count == 0)
            return false;
        if (plan.Skipped > 0)
        {
            counters.AddSkipped(plan.Skipped);
            log.Skipped(task.Name, plan.Skipped);
        }

        _done[task.Name] = plan.First.AddHours(plan.Count - 1);
        counters.AddDone(await task.Do(plan.First, plan.Count, cancellation));
        return plan.Count == RunPlan.MostAtOnce;
    }
}
