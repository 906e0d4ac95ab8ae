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

    private readonly IReadOnlyList<ProviderCache> _shelves;
    private readonly WeatherCache _cache;
    private readonly WeatherOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private IReadOnlyList<WeatherState> _states = [];
    private DateTimeOffset _pastAskedAt = DateTimeOffset.MinValue;
    private WeatherFailure? _pastMissing;

    public LiveSite(string site, IReadOnlyList<ProviderCache> shelves, WeatherCache cache, WeatherOptions options, TimeProvider time)
    {
        (Site, _shelves, _cache, _options, _time) = (site, shelves, cache, options, time);
        foreach (var shelf in shelves)
            cache.Load(shelf);
        Note();
    }

    public string Site { get; }

    /// <summary>How the providers stand, in their order.</summary>
    public IReadOnlyList<WeatherState> States
    {
        get
        {
            var now = _time.GetUtcNow();
            lock (_lock)
                return [.. _states.Select(s => s with { Age = now - s.LastSuccess, Condition = s.Condition == WeatherCondition.Fresh && now - s.LastSuccess > StaleAfter ? WeatherCondition.Stale : s.Condition })];
        }
    }

    private TimeSpan StaleAfter => TimeSpan.FromMinutes(_options.RefreshMinutes) * MissedRefreshes;

    /// <summary>The weather as it is known now; null when there is none at all.</summary>
    public WeatherSeries? Series()
    {
        var used = _shelves.Where(s => s.Versions.Any()).ToArray();
        return used.Length == 0 ? null : new WeatherSeries(
            string.Join('+', used.Select(s => s.Provider.Name)), string.Join("; ", used.Select(s => s.Provider.Attribution)), used.SelectMany(s => s.Versions));
    }

    /// <summary>Asks the providers in turn until one answers.</summary>
    /// <returns>Whether one did.</returns>
    /// <exception cref="IOException">The answer cannot be kept.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        foreach (var shelf in _shelves)
        {
            if (!await AskAsync(shelf, p => p.FetchAsync(shelf.Place, cancel), shelf.Fail))
                continue;
            await FillPastAsync(shelf, cancel);
            if (_pastMissing is { } missing && shelf.Provider.Name == missing.Provider)
                shelf.Miss(missing, _pastAskedAt);
            Thin();
            _cache.Save(shelf);
            Note();
            return true;
        }

        Thin();
        Note();
        return false;
    }

    /// <summary>Lets go of what is too old, also of providers that are not asked or do not answer: a licence counts the days all the same.</summary>
    private void Thin()
    {
        foreach (var shelf in _shelves)
            shelf.Thin(_time.GetUtcNow(), TimeSpan.FromDays(shelf.Provider.MayKeep ? _options.KeepDays : 2));
    }

    /// <summary>Reads the days before the first hour there is, a year at a time, once a day at most.</summary>
    private async Task FillPastAsync(ProviderCache shelf, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        if (_options.HistoryDays == 0 || shelf.Provider is not OpenMeteo openMeteo || now - _pastAskedAt < TimeSpan.FromDays(1))
            return;

        (_pastAskedAt, _pastMissing) = (now, null);
        var from = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-_options.HistoryDays);
        while (shelf.Oldest is { } oldest && DateOnly.FromDateTime(oldest.UtcDateTime) is var day && day > from)
        {
            var start = day.AddDays(-365) > from ? day.AddDays(-365) : from;
            if (!await AskAsync(shelf, _ => openMeteo.FetchPastAsync(shelf.Place, start, day.AddDays(-1), cancel), (f, _) => _pastMissing = f) || shelf.Oldest >= oldest)
                return;
        }
    }

    private async Task<bool> AskAsync(ProviderCache shelf, Func<IWeatherProvider, Task<WeatherAnswer>> question, Action<WeatherFailure, DateTimeOffset> failed)
    {
        try
        {
            var answer = await question(shelf.Provider);
            shelf.Take(answer, _options.LapseRate, _time.GetUtcNow());
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
        var states = _shelves.Select(s => new WeatherState(
            s.Provider.Name, Site, Condition(s, now), s.LastSuccess, now - s.LastSuccess, s.LastError, s.LastErrorAt, s.FailuresInARow, s.ValuesRefused, s.Points,
            s.Provider.Attribution, s.Provider.Terms)).ToArray();
        lock (_lock)
            _states = states;
    }

    private WeatherCondition Condition(ProviderCache shelf, DateTimeOffset now) => shelf switch
    {
        { FailuresInARow: > 0, LastSuccess: null } => WeatherCondition.Failing,
        { FailuresInARow: > 0 } => WeatherCondition.Stale,
        { LastSuccess: null } => WeatherCondition.Resting,
        _ => now - shelf.LastSuccess <= StaleAfter ? WeatherCondition.Fresh : WeatherCondition.Stale,
    };
}
