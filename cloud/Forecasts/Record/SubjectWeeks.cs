using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Weeks of one subject's scores, read once each: only those are read again in which a late truth may still be scored.</summary>
internal sealed class SubjectWeeks
{
    /// <summary>Nothing is scored so long behind the newest score: two days after a day's end, and a run's hours.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(5);

    private readonly Dictionary<(RecordKey Key, long Week), WeekTally> _weeks = [];
    private long _open = long.MinValue;

    /// <summary>Brings the weeks up to a time, those that the kind's record looks back on.</summary>
    public async Task ReadAsync(
        ForecastStore store, SubjectId subject, RecordedKind kind, DateTimeOffset now, CancellationToken cancellation)
    {
        var first = WeekTally.WeekOf(now.AddDays(-kind.Days));
        var open = Math.Max(first, _open);
        var scores = await store.ScoresAsync(
            subject, kind.Name, WeekTally.StartOf(open), now.AddMilliseconds(1), (kind.Days + 7) * 24, cancellation);
        foreach (var (key, _) in _weeks.Where(w => w.Key.Week < first || w.Key.Week >= open).ToList())
            _weeks.Remove(key);
        foreach (var score in scores)
        {
            var key = (RecordKey.Of(score), WeekTally.WeekOf(score.Said.ValidAt));
            if (!_weeks.TryGetValue(key, out var week))
                _weeks[key] = week = new WeekTally();
            week.Add(score);
        }

        if (kind.Hourly && scores.Count > 0)
            _open = Math.Max(open, WeekTally.WeekOf(scores[^1].Said.ValidAt - Late));
    }

    /// <summary>Adds the weeks to the tallies of their models.</summary>
    public void AddTo(Dictionary<RecordKey, Tally> tallies, SubjectId subject)
    {
        foreach (var ((key, week), tally) in _weeks.OrderBy(w => w.Key.Week))
        {
            if (!tallies.TryGetValue(key, out var all))
                tallies[key] = all = new Tally();
            all.Add(subject, week, tally);
        }
    }
}
