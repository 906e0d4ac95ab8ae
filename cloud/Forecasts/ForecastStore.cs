using System.Text.Json;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts;

/// <summary>
/// Forecasts and their scores, by subject and kind. Neither is ever rewritten: the first to say something of an hour is the one that said
/// it.
/// </summary>
internal sealed class ForecastStore(ITimedDocuments documents)
{
    /// <summary>Keeps a forecast with the devices from which it was made.</summary>
    /// <returns>Whether it was new; otherwise the one that stands stays.</returns>
    public async Task<bool> AddAsync(Forecast forecast, Subject subject, CancellationToken cancellation) => await documents.AddAsync(
        subject.Key, Series(forecast.Kind),
        [Document(subject, forecast.AsOf, JsonSerializer.SerializeToUtf8Bytes(forecast, ForecastJson.Default.Forecast))], cancellation) > 0;

    /// <summary>The newest forecast of a kind; null before the first.</summary>
    public async Task<Forecast?> NewestAsync(SubjectId subject, string kind, CancellationToken cancellation) =>
        await documents.NewestAsync(subject, Series(kind), cancellation) is { } found ? Read(found) : null;

    /// <summary>
    /// Forecasts with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<Forecast>> RangeAsync(
        SubjectId subject, string kind, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        [.. (await documents.RangeAsync(subject, Series(kind), from, to, limit, cancellation)).Select(Read)];

    /// <summary>Keeps the scores of steps that were valid at one time, all at once: a time that is scored stays as it is.</summary>
    /// <returns>Whether they were new.</returns>
    public async Task<bool> AddScoresAsync(
        Subject subject, string kind, DateTimeOffset validAt, IReadOnlyList<ForecastScore> scores, CancellationToken cancellation) =>
        await documents.AddAsync(
            subject.Key, Scores(kind),
            [Document(subject, validAt, JsonSerializer.SerializeToUtf8Bytes([.. scores], ForecastJson.Default.ForecastScoreArray))],
            cancellation) > 0;

    /// <summary>
    /// Scores with <paramref name="from"/> ≤ valid time &lt; <paramref name="to"/>, ascending, of at most <paramref name="limit"/> times.
    /// </summary>
    public async Task<IReadOnlyList<ForecastScore>> ScoresAsync(
        SubjectId subject, string kind, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        [
            .. (await documents.RangeAsync(
                subject, Scores(kind), from, to, limit,
                cancellation)).SelectMany(d => JsonSerializer.Deserialize(d.Json, ForecastJson.Default.ForecastScoreArray)!),
        ];

    private static TimedDocument Document(Subject subject, DateTimeOffset time, byte[] json) => new(
        time, [.. subject.Devices.Select(d => d.Device)], json);

    private static Forecast Read(TimedDocument document) => JsonSerializer.Deserialize(document.Json, ForecastJson.Default.Forecast)!;

    private static string Series(string kind) => $"forecast-{kind}";

    private static string Scores(string kind) => $"scores-{kind}";
}
