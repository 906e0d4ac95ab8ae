using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Scoring of forecasts by the truth that came. It is looked for in the hour after the time that was forecast, and once more two days after
/// that day's end, for what a gateway held back; what has not come by then stays without a score, which the record counts.
/// </summary>
internal sealed class Scorer(ForecastStore store, SiteClock clock)
{
    /// <summary>Days that a truth may be late.</summary>
    private const int LateDays = 2;

    private const int MostForecasts = 31 * 24;

    /// <summary>Scores the steps that were valid in hours on end, and what came late of each day that has been over for so long.</summary>
    public async Task ScoreAsync(IForecastKind kind, Subject subject, DateTimeOffset first, int count, CancellationToken cancellation)
    {
        await ScoreHoursAsync(kind, subject, first, count, [], cancellation);
        for (var hour = first; hour < first.AddHours(count); hour = hour.AddHours(1))
        {
            if (hour.UtcDateTime.Hour != 0)
                continue;
            var day = hour.AddDays(-LateDays - 1);
            var scored = await store.ScoresAsync(subject.Key, kind.Name, day, day.AddDays(1), MostForecasts, cancellation);
            await ScoreHoursAsync(kind, subject, day, 24, [.. scored.Select(s => s.Said.ValidAt)], cancellation);
        }
    }

    private async Task ScoreHoursAsync(
        IForecastKind kind, Subject subject, DateTimeOffset first, int count, HashSet<DateTimeOffset> done, CancellationToken cancellation)
    {
        var end = first.AddHours(count);
        if (done.Count == count)
            return;
        var forecasts = await store.RangeAsync(subject.Key, kind.Name, first - kind.Farthest, end, MostForecasts, cancellation);
        var due = forecasts.SelectMany(f => f.Steps, (f, s) => (Forecast: f, Step: s))
            .Where(d => d.Step.ValidAt >= first && d.Step.ValidAt < end && !done.Contains(d.Step.ValidAt))
            .GroupBy(d => d.Step.ValidAt);
        var now = await clock.NowAsync(subject.Site, cancellation) ?? end;
        var scores = new List<ForecastScore>();
        foreach (var hour in due)
        {
            if (await kind.TruthAsync(subject, hour.Key, cancellation) is { } observed)
                scores.AddRange(hour.Select(d => Score(d.Forecast, d.Step, now, observed)));
        }

        if (scores.Count > 0)
            await store.AddScoresAsync(subject, kind.Name, scores, cancellation);
    }

    /// <summary>A step's score by the truth that came.</summary>
    public static ForecastScore Score(Forecast forecast, ForecastStep step, DateTimeOffset now, double observed) => new(
        forecast.AsOf, forecast.Model, forecast.Version, forecast.Baseline, step with { Reasons = [] }, now, observed,
        Measures.Of(step, observed), forecast.FellBack is null ? null : true);
}
