using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>
/// Records made of the scores that are kept; one that was just made stands for a minute. Weeks that are over are read once. A drawn subject
/// is in none: it says nothing of bees.
/// </summary>
internal sealed class RecordReader(
    RecordedKinds kinds, KnownSubjects subjects, ForecastStore store, SiteClock clock, TimeProvider time) : IDisposable
{
    /// <summary>Subjects of a kind that a record holds.</summary>
    private const int MostSubjects = 500;

    /// <summary>Those that are read from the beginning at a time; the others follow with the next records.</summary>
    private const int MostAnew = 50;

    private static readonly TimeSpan Stands = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<(string Kind, SubjectId Subject), SubjectWeeks> _weeks = [];
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
            foreach (var kind in kinds.All)
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

    private async Task<ModelRecord> ReadAsync(RecordedKind kind, CancellationToken cancellation)
    {
        var tallies = new Dictionary<RecordKey, Tally>();
        var all = subjects.Of(kind.SubjectKind).Where(s => s.Site.Origin != Origin.Synthetic).ToList();
        var (read, anew) = (0, 0);
        foreach (var subject in all.Take(MostSubjects))
        {
            if (!_weeks.TryGetValue((kind.Name, subject.Key), out var weeks))
            {
                if (++anew > MostAnew)
                    continue;
                _weeks[(kind.Name, subject.Key)] = weeks = new SubjectWeeks();
            }

            read++;
            if (await clock.NowAsync(subject.Site, cancellation) is not { } now)
                continue;
            await weeks.ReadAsync(store, subject.Key, kind, now, cancellation);
            weeks.AddTo(tallies, subject.Key);
        }

        return new ModelRecord(
            kind.Name, kind.Title, kind.SubjectKind, kind.Block, kind.Days, read, all.Count - read,
            [
                .. tallies.OrderBy(t => t.Key.Model, StringComparer.Ordinal).ThenBy(t => t.Key.Version, StringComparer.Ordinal)
                    .ThenBy(t => t.Key.HoursAhead)
                    .Select(t => t.Value.ToPart(t.Key)),
            ]);
    }
}
