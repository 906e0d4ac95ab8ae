using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>
/// Records made of the scores that are kept; one that was just made stands for a minute. A drawn subject is in none: it says nothing of
/// bees.
/// </summary>
internal sealed class RecordReader(
    IEnumerable<IForecastKind> kinds, Apiary apiary, ForecastStore store, SiteClock clock, TimeProvider time) : IDisposable
{
    /// <summary>Days that a record looks back on.</summary>
    public const int Days = 92;

    /// <summary>Subjects that are read for a record.</summary>
    private const int MostSubjects = 50;

    private static readonly TimeSpan Stands = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, IReadOnlyList<ModelRecord> Records)? _made;

    /// <summary>The records of all kinds; whoever asks while they are made waits for them.</summary>
    public async Task<IReadOnlyList<ModelRecord>> ReadAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_made is { } made && time.GetUtcNow() - made.At < Stands)
                return made.Records;
            var records = new List<ModelRecord>();
            foreach (var kind in kinds)
                records.Add(await ReadAsync(kind, cancellation));
            _made = (time.GetUtcNow(), records);
            return records;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ModelRecord> ReadAsync(IForecastKind kind, CancellationToken cancellation)
    {
        var tallies = new Dictionary<(string Model, string Version, string Baseline, double Hours, string Unit), Tally>();
        var subjects = apiary.Subjects.Where(s => s.Key.Kind == kind.SubjectKind && s.Site.Origin != Origin.Synthetic).ToList();
        foreach (var subject in subjects.Take(MostSubjects))
        {
            if (await clock.NowAsync(subject.Site, cancellation) is not { } now)
                continue;
            var scores = await store.ScoresAsync(
                subject.Key, kind.Name, now.AddDays(-Days), now.AddMilliseconds(1), Days * 24, cancellation);
            foreach (var score in scores)
            {
                var key = (score.Model, score.Version, score.Baseline, (score.Said.ValidAt - score.AsOf).TotalHours, score.Said.Unit);
                if (!tallies.TryGetValue(key, out var tally))
                    tallies[key] = tally = new Tally();
                tally.Add(subject.Key, score);
            }
        }

        return new ModelRecord(
            kind.Name, kind.Title, Days, Math.Min(subjects.Count, MostSubjects), Math.Max(0, subjects.Count - MostSubjects),
            [
                .. tallies.OrderBy(t => t.Key.Model, StringComparer.Ordinal).ThenBy(t => t.Key.Version, StringComparer.Ordinal)
                    .ThenBy(t => t.Key.Hours)
                    .Select(t => t.Value.ToPart(t.Key.Model, t.Key.Version, t.Key.Baseline, t.Key.Hours, t.Key.Unit)),
            ]);
    }
}
