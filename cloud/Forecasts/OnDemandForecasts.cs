using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Forecasts as of an hour that somebody asks for: what the runs said then, or, where they said nothing, made now by the same code and kept
/// nowhere. A record holds only what was said before the truth came.
/// </summary>
internal sealed class OnDemandForecasts(IEnumerable<IForecastKind> kinds, ForecastStore store, SiteClock clock)
{
    /// <summary>The site's time; null before its first reading.</summary>
    public Task<DateTimeOffset?> NowAsync(Subject subject, CancellationToken cancellation) => clock.NowAsync(subject.Site, cancellation);

    /// <summary>Those of all hourly kinds that can say something as of a time, null for the site's.</summary>
    public async Task<IReadOnlyList<AsOfForecast>> AllAsOfAsync(
        Subject subject, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var found = new List<AsOfForecast>();
        foreach (var kind in kinds.Where(k => k.SubjectKind == subject.Key.Kind))
        {
            if (await AsOfAsync(subject, kind.Name, asOf, cancellation) is { } forecast)
                found.Add(forecast);
        }

        return found;
    }

    /// <summary>
    /// A kind's forecast as of the hour that ended last before a time, null for the site's; null where nothing can be said, as of what is
    /// still to come.
    /// </summary>
    public async Task<AsOfForecast?> AsOfAsync(Subject subject, string kind, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (kinds.FirstOrDefault(k => k.Name == kind) is not { } made
            || await NowAsync(subject, cancellation) is not { } now
            || await made.BeginsAsync(subject, cancellation) is not { } begin)
            return null;
        var time = asOf ?? now;
        var hour = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        if (hour < begin || time > now)
            return null;
        return await store.RangeAsync(subject.Key, kind, hour, hour.AddMilliseconds(1), 1, cancellation) is [var kept]
            ? new AsOfForecast(kept, Kept: true)
            : await made.MakeAsync(subject, hour, 1, cancellation) is [var one] ? new AsOfForecast(one, Kept: false) : null;
    }
}

/// <summary>Forecast as of an hour.</summary>
/// <param name="Forecast">What is said.</param>
/// <param name="Kept">True where it was said then and stands in the record; false where it was made just now.</param>
internal sealed record AsOfForecast(Forecast Forecast, bool Kept);
