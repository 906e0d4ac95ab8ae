using IotGateway.Cloud.Forecasts.Runs;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Hourly runs of every registered kind of forecast, of each of its subjects: what is due is said, and what was said before is scored.
/// </summary>
internal sealed class ForecastRuns(
    IEnumerable<IForecastKind> kinds, Apiary apiary, ForecastStore store, Scorer scorer, SiteClock clock,
    [FromKeyedServices(ForecastRuns.Counters)] RunCounters counters, ChangeFeed changes, TimeProvider time, ILogger<HourlyRuns> log)
    : HourlyRuns(clock, counters, changes, time, log)
{
    /// <summary>The key of their counters.</summary>
    public const string Counters = "forecasts";

    protected override IReadOnlyList<HourlyTask> Tasks { get; } =
        [
            .. kinds.SelectMany(kind => apiary.Subjects
                .Where(s => s.Key.Kind == kind.SubjectKind)
                .Select(subject => TaskOf(kind, subject, store, scorer))),
        ];

    private static HourlyTask TaskOf(IForecastKind kind, Subject subject, ForecastStore store, Scorer scorer) => new(
        $"Forecast {kind.Name} of {subject.Key}",
        subject,
        async cancellation => (await store.NewestAsync(subject.Key, kind.Name, cancellation))?.AsOf
            ?? await kind.BeginsAsync(subject, cancellation),
        async (first, count, cancellation) =>
        {
            var made = await kind.MakeAsync(subject, first, count, cancellation);
            var added = made.Count == 0 ? 0 : await store.AddAsync(kind.Name, made, subject, cancellation);
            await scorer.ScoreAsync(kind, subject, first, count, cancellation);
            return added;
        });
}
