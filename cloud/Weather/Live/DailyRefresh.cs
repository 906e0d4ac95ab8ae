using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>Reads the sites' GHCN-Daily stations once a day, one after another, and keeps their days on disk.</summary>
internal sealed class DailyRefresh(
    GhcnDailyProvider ghcn, IReadOnlyList<WeatherPlace> places, DayRegistry registry, string folder, int keepDays, TimeProvider time,
    ILogger<DailyRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(3);
    private readonly ConcurrentDictionary<string, WeatherState> _states = new(StringComparer.Ordinal);

    /// <summary>States of the stations, by site.</summary>
    public IReadOnlyList<WeatherState> States =>
    [
        .. _states.Values.OrderBy(s => s.Site, StringComparer.Ordinal).Select(s => s with { Age = time.GetUtcNow() - s.LastSuccess }),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (places.Count > 0)
                await Task.Delay(await RefreshDueAsync(stoppingToken), time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; what is on disk serves the next start.
        }
    }

    /// <summary>Reads the stations whose turn it is.</summary>
    /// <returns>How long until the next turn.</returns>
    internal async Task<TimeSpan> RefreshDueAsync(CancellationToken cancellation)
    {
        var wait = Every;
        foreach (var place in places)
        {
            var state = _states.GetOrAdd(place.Site, _ => Load(place));
            if (state is { FailuresInARow: 0, LastSuccess: { } success } && time.GetUtcNow() - success is var age && age < Every)
            {
                wait = wait < Every - age ? wait : Every - age;
                continue;
            }

            _states[place.Site] = state = await AskAsync(place, state, cancellation);
            if (state.FailuresInARow > 0)
                wait = AfterFailure;
        }

        return wait;
    }

    private async Task<WeatherState> AskAsync(WeatherPlace place, WeatherState state, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        try
        {
            var (point, days) = await ghcn.FetchAsync(place, DateOnly.FromDateTime(now.UtcDateTime).AddDays(-keepDays), cancellation);
            registry.Put(place.Site, days.Days);
            Keep(new KeptDays(place, now, point, days.Days));
            if (days.Unreadable > 0)
                log.UnreadableLines(place.Site, days.Unreadable, days.FirstUnreadable!);
            return state with
            {
                Condition = WeatherCondition.Fresh,
                LastSuccess = now,
                LastError = null,
                LastErrorAt = null,
                FailuresInARow = 0,
                ValuesRefused = days.FailedQuality + days.Unreadable,
                Points = [point],
            };
        }
        catch (WeatherException e)
        {
            log.DaysFailed(place.Site, e.Failure.Fault, e.Failure.Detail);
            var stale = state.LastSuccess is null
                ? WeatherCondition.Failing
                : now - state.LastSuccess > StaleAfter
                ? WeatherCondition.Stale
                : WeatherCondition.Fresh;
            return state with { Condition = stale, LastError = e.Failure, LastErrorAt = now, FailuresInARow = state.FailuresInARow + 1 };
        }
    }

    private void Keep(KeptDays days)
    {
        try
        {
            DurableFile.CreateFolder(folder);
            DurableFile.Write(PathOf(days.Place), JsonSerializer.SerializeToUtf8Bytes(days, KeptDaysJson.Default.KeptDays));
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            log.DaysNotKept(days.Place.Site, e.Message);
        }
    }

    private WeatherState Load(WeatherPlace place)
    {
        var state = new WeatherState(
            GhcnDailyProvider.ProviderName, place.Site, WeatherCondition.Resting, null, null, null, null, 0, 0, [],
            GhcnDailyProvider.Attribution, GhcnDailyProvider.Terms);
        if (!File.Exists(PathOf(place)))
            return state;

        try
        {
            if (JsonSerializer.Deserialize(OrdinaryFile.Read(PathOf(place)), KeptDaysJson.Default.KeptDays) is not { } kept
                || kept.Place != place)
                return state;
            registry.Put(place.Site, kept.Days);
            return state with { Condition = WeatherCondition.Fresh, LastSuccess = kept.LastSuccess, Points = [kept.Point] };
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            log.DaysUnreadable(PathOf(place), e.Message);
            return state;
        }
    }

    private string PathOf(WeatherPlace place) => Path.Combine(folder, $"{place.Site}.{GhcnDailyProvider.ProviderName}.json");
}

internal sealed record KeptDays(WeatherPlace Place, DateTimeOffset LastSuccess, WeatherPoint Point, IReadOnlyList<DayWeather> Days);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptDays))]
internal sealed partial class KeptDaysJson : JsonSerializerContext;
