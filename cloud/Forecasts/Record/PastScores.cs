using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Scores of one subject's forecasts of one kind that were there at a time.</summary>
internal sealed class PastScores
{
    /// <summary>Forecasts shown as the last ones like another.</summary>
    public const int MostLike = 10;

    /// <summary>Days that hourly ones are looked for in; as many as the hours of a range that the pages show.</summary>
    private const int HourlyDays = 31;

    private readonly IReadOnlyList<ForecastScore> _scores;
    private readonly bool _hourly;

    private PastScores(IReadOnlyList<ForecastScore> scores, bool hourly) => (_scores, _hourly) = (scores, hourly);

    public static async Task<PastScores> ReadAsync(
        ForecastStore store, SubjectId subject, RecordedKind kind, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var days = kind.Hourly ? HourlyDays : kind.Days;
        return new(
            await store.ScoresAsync(subject, kind.Name, asOf.AddDays(-days), asOf.AddMilliseconds(1), (days * 24) + 1, cancellation),
            kind.Hourly);
    }

    /// <summary>The last ten that spoke as far ahead, of an hourly kind from the same hour of day, newest first.</summary>
    public IReadOnlyList<ForecastScore> Like(Forecast forecast, ForecastStep step) =>
    [
        .. _scores.Where(s => s.AsOf < forecast.AsOf
                && (!_hourly || (s.AsOf.UtcDateTime.Hour == forecast.AsOf.UtcDateTime.Hour
                    && s.Said.ValidAt - s.AsOf == step.ValidAt - forecast.AsOf)))
            .Reverse()
            .Take(MostLike),
    ];

    /// <summary>Count of those that spoke so far ahead, and of those among them that held.</summary>
    public (int Count, int Within) Held(TimeSpan ahead)
    {
        var measures = _scores.Where(s => s.Said.ValidAt - s.AsOf == ahead)
            .SelectMany(s => s.Measures.Where(m => m.Name == Measures.Covered))
            .ToList();
        return (measures.Count, measures.Count(m => m.Value > 0));
    }
}
