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
    /// <summary>Keeps forecasts of one kind, at once, with the devices from which they were made.</summary>
    /// <returns>How many were new; of the others the one that stands stays.</returns>
    public Task<int> AddAsync(string kind, IReadOnlyList<Forecast> forecasts, Subject subject, CancellationToken cancellation) =>
        documents.AddAsync(
            subject.Key, Series(kind),
            [.. forecasts.Select(f => Document(subject, f.AsOf, JsonSerializer.SerializeToUtf8Bytes(f, ForecastJson.Default.Forecast)))],
            cancellation);

    /// <summary>The newest forecast of a kind; null before the first.</summary>
    public async Task<Forecast?> NewestAsync(SubjectId subject, string kind, CancellationToken cancellation) =>
        await documents.NewestAsync(subject, Series(kind), cancellation) is { } found ? Read(found) : null;

    /// <summary>
    /// Forecasts with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<Forecast>> RangeAsync(
        SubjectId subject, string kind, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        [.. (await documents.RangeAsync(subject, Series(kind), from, to, limit, cancellation)).Select(Read)];

    /// <summary>Keeps scores, those of each valid time as one document: a time that is scored stays as it is.</summary>
    public Task AddScoresAsync(Subject subject, string kind, IEnumerable<ForecastScore> scores, CancellationToken cancellation) =>
        documents.AddAsync(
            subject.Key, Scores(kind),
            [
                .. scores.GroupBy(s => s.Said.ValidAt)
                    .Select(g => Document(
                        subject, g.Key, JsonSerializer.SerializeToUtf8Bytes([.. g], ForecastJson.Default.ForecastScoreArray))),
            ],
            cancellation);

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
