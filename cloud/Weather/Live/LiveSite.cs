using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>
/// One site's weather from the providers, in the order of the configuration: the first that answers is used, the next only when it does
/// not. When none answers, what they said before is served and grows old.
/// </summary>
internal sealed class LiveSite
{
    /// <summary>Beyond three refreshes missed, weather is called stale.</summary>
    private const int MissedRefreshes = 3;

    private readonly IReadOnlyList<ProviderCache> _caches;
    private readonly WeatherCache _disk;
    private readonly WeatherOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private IReadOnlyList<WeatherState> _states = [];
    private DateTimeOffset _pastAskedAt = DateTimeOffset.MinValue;
    private WeatherFailure? _pastMissing;

    public LiveSite(string site, IReadOnlyList<ProviderCache> caches, WeatherCache disk, WeatherOptions options, TimeProvider time)
    {
        (Site, _caches, _disk, _options, _time) = (site, caches, disk, options, time);
        foreach (var kept in caches)
            disk.Load(kept);
        Note();
    }

    public string Site { get; }

    /// <summary>States of the providers, in their order.</summary>
    public IReadOnlyList<WeatherState> States
    {
        get
        {
            var now = _time.GetUtcNow();
            lock (_lock)
                return
                [
                    .. _states.Select(s => s with
                    {
                        Age = now - s.LastSuccess,
                        Condition = s.Condition == WeatherCondition.Fresh && now - s.LastSuccess > StaleAfter
                            ? WeatherCondition.Stale
                            : s.Condition,
                    }),
                ];
        }
    }

    private TimeSpan StaleAfter => TimeSpan.FromMinutes(_options.RefreshMinutes) * MissedRefreshes;

    /// <summary>The weather as it is known now; null when there is none at all.</summary>
    public WeatherSeries? Series()
    {
        var used = _caches.Where(s => s.Versions.Any()).ToArray();
        return used.Length == 0 ? null : new WeatherSeries(
            string.Join('+', used.Select(s => s.Provider.Name)), string.Join("; ", used.Select(s => s.Provider.Attribution)),
            used.SelectMany(s => s.Versions));
    }

    /// <summary>Asks the providers in turn until one answers.</summary>
    /// <returns>Whether one did.</returns>
    /// <exception cref="IOException">The answer cannot be kept.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        foreach (var kept in _caches)
        {
            if (!await AskAsync(kept, p => p.FetchAsync(kept.Place, cancellation), kept.Fail))
                continue;
            await FillPastAsync(kept, cancellation);
            if (_pastMissing is { } missing && kept.Provider.Name == missing.Provider)
                kept.Miss(missing, _pastAskedAt);
            Thin();
            _disk.Save(kept);
            Note();
            return true;
        }

        Thin();
        Note();
        return false;
    }

    /// <summary>
    /// Lets go of what is too old, also of providers that are not asked or do not answer: a licence counts the days all the same.
    /// </summary>
    private void Thin()
    {
        foreach (var kept in _caches)
            kept.Thin(_time.GetUtcNow(), TimeSpan.FromDays(kept.Provider.MayKeep ? _options.KeepDays : 2));
    }

    /// <summary>Reads the days before the first hour there is, a year at a time, once a day at most.</summary>
    private async Task FillPastAsync(ProviderCache kept, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (_options.HistoryDays == 0 || !kept.Provider.HasPast || now - _pastAskedAt < TimeSpan.FromDays(1))
            return;

        (_pastAskedAt, _pastMissing) = (now, null);
        var from = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-_options.HistoryDays);
        while (kept.Oldest is { } oldest && DateOnly.FromDateTime(oldest.UtcDateTime) is var day && day > from)
        {
            var start = day.AddDays(-365) > from ? day.AddDays(-365) : from;
            if (!await AskAsync(kept, p => p.FetchPastAsync(kept.Place, start, day.AddDays(-1), cancellation), (f, _) => _pastMissing = f)
                || kept.Oldest >= oldest)
                return;
        }
    }

    private async Task<bool> AskAsync(
        ProviderCache kept, Func<IWeatherProvider, Task<WeatherAnswer>> question, Action<WeatherFailure, DateTimeOffset> failed)
    {
        try
        {
            var answer = await question(kept.Provider);
            kept.Take(answer, _options.LapseRate, _time.GetUtcNow());
            return true;
        }
        catch (WeatherException e)
        {
            failed(e.Failure, _time.GetUtcNow());
            return false;
        }
    }

    private void Note()
    {
        var now = _time.GetUtcNow();
        var states = _caches.Select(s => new WeatherState(
            s.Provider.Name, Site, Condition(s, now), s.LastSuccess, now - s.LastSuccess, s.LastError, s.LastErrorAt, s.FailuresInARow,
            s.ValuesRefused, s.Points,
            s.Provider.Attribution, s.Provider.Terms)).ToArray();
        lock (_lock)
            _states = states;
    }

    private WeatherCondition Condition(ProviderCache kept, DateTimeOffset now) => kept switch
    {
        { FailuresInARow: > 0, LastSuccess: null } => WeatherCondition.Failing,
        { FailuresInARow: > 0 } => WeatherCondition.Stale,
        { LastSuccess: null } => WeatherCondition.Resting,
        _ => now - kept.LastSuccess <= StaleAfter ? WeatherCondition.Fresh : WeatherCondition.Stale,
    };
}
