using IotGateway.Cloud.Sites;
using IotGateway.Science.Scores;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Weeks of all subjects of one model and horizon: what the intervals are drawn from.</summary>
internal sealed class Tally
{
    private const int Draws = 1000;
    private const ulong Seed = 2021;

    private readonly List<(SubjectId Subject, long Week, WeekTally Of)> _blocks = [];

    public void Add(SubjectId subject, long week, WeekTally tally) => _blocks.Add((subject, week, tally));

    public RecordPart ToPart(RecordKey key)
    {
        double[] said = [.. _blocks.SelectMany(b => b.Of.Probabilities).Select(p => p.Said)];
        bool[] came = [.. _blocks.SelectMany(b => b.Of.Probabilities).Select(p => p.Came)];
        return new RecordPart(
            key.Model, key.Version, key.Baseline, key.HoursAhead, key.Unit, _blocks.Min(b => b.Of.From), _blocks.Max(b => b.Of.To),
            _blocks.Sum(b => b.Of.Count), _blocks.Sum(b => b.Of.StoodIn), _blocks.Select(b => b.Subject).Distinct().Count(),
            _blocks.Select(b => b.Week).Distinct().Count(),
            [.. _blocks.SelectMany(b => b.Of.Measures.Keys).Distinct(StringComparer.Ordinal).Select(SkillOf)],
            said.Length > 0
                ? [.. Reliability.Bins(said, came).Select(b => new ReliabilityPoint(b.MeanProbability, b.ObservedShare, b.Count))]
                : [.. OfLevels()],
            said.Length > 0 ? BrierScore.Parts(said, came) : null);
    }

    private IEnumerable<ReliabilityPoint> OfLevels()
    {
        var before = 0;
        foreach (var level in _blocks.SelectMany(b => b.Of.Levels).GroupBy(l => l.Key).OrderBy(g => g.Key))
        {
            var (below, count) = (level.Sum(l => l.Value.Below), level.Sum(l => l.Value.Count));
            yield return new ReliabilityPoint(level.Key, (double)below / count, below - before);
            before = below;
        }
    }

    private Skill SkillOf(string measure)
    {
        var blocks = _blocks.Where(b => b.Of.Measures.ContainsKey(measure))
            .Select(b => (b.Subject, b.Week, Sums: b.Of.Measures[measure])).ToArray();
        var all = blocks.Aggregate(default(MeasureSums), (sum, b) => sum + b.Sums);
        var compared = all.Compared == all.Count;
        return new Skill(
            measure, all.Value / all.Count, Interval(s => s.Value), compared ? all.Baseline / all.Count : null,
            compared ? (all.Baseline - all.Value) / all.Count : null, compared ? Interval(s => s.Baseline - s.Value) : null);

        ScoreInterval? Interval(Func<MeasureSums, double> of) => ScoreInterval.Wider(
            BlockBootstrap.Interval([.. blocks.Select(b => b.Subject)], drawn => Mean(drawn, of), Seed, Draws),
            BlockBootstrap.Interval([.. blocks.Select(b => b.Week)], drawn => Mean(drawn, of), Seed, Draws));

        double Mean(IReadOnlyList<int> drawn, Func<MeasureSums, double> of)
        {
            var (sum, count) = (0.0, 0);
            foreach (var i in drawn)
                (sum, count) = (sum + of(blocks[i].Sums), count + blocks[i].Sums.Count);
            return sum / count;
        }
    }
}
