using IotGateway.Cloud.Weather.Hours;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>Keeps the sites' weather fresh: each site once in the configured time, sooner after a failure, four at a time.</summary>
internal sealed class WeatherRefresh(LiveWeather live, WeatherRegistry registry, TimeProvider time, ILogger<WeatherRefresh> log)
    : BackgroundService
{
    private const int AtATime = 4;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (live.Sites.Count == 0)
            return;

        foreach (var site in live.Sites)
            Show(site);
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
                await RefreshDueAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; the next start asks again.
        }
    }

    /// <summary>Refreshes the sites whose turn it is.</summary>
    internal async Task RefreshDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = live.Sites.Where(s => _due.GetValueOrDefault(s.Site) <= now).ToArray();
        var done = new bool[due.Length];
        await Parallel.ForAsync(
            0, due.Length, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, async (i, token) =>
            {
                done[i] = await RefreshAsync(due[i], token);
            });
        for (var i = 0; i < due.Length; i++)
            _due[due[i].Site] = time.GetUtcNow() + (done[i] || live.Every < AfterFailure ? live.Every : AfterFailure);
    }

    private async Task<bool> RefreshAsync(LiveSite site, CancellationToken cancellation)
    {
        var answered = false;
        try
        {
            answered = await site.RefreshAsync(cancellation);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            log.NotKept(site.Site, e.Message);
        }

        foreach (var state in site.States)
        {
            if (state is { LastError: { } error } && state.FailuresInARow is 1 or 12)
                log.Failed(state.Provider, site.Site, error.Fault, error.Detail, state.FailuresInARow);
        }

        Show(site);
        return answered;
    }

    private void Show(LiveSite site) => registry.Put(site.Site, site.Series());
}
