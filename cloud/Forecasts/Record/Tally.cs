using IotGateway.Cloud.Sites;
using IotGateway.Science.Scores;

namespace IotGateway.Cloud.Forecasts.Record;

/// <summary>Sums over the scored steps of one model and horizon, by subject and week: what the intervals are drawn from.</summary>
internal sealed class Tally
{
    private const int Draws = 1000;
    private const ulong Seed = 2021;

    private readonly Dictionary<(SubjectId Subject, long Week), Dictionary<string, Sums>> _blocks = [];
    private readonly SortedDictionary<double, (int Below, int Count)> _levels = [];
    private readonly List<double> _probabilities = [];
    private readonly List<bool> _came = [];
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private DateTimeOffset _to = DateTimeOffset.MinValue;
    private int _count;

    public void Add(SubjectId subject, ForecastScore score)
    {
        var at = score.Said.ValidAt;
        var block = (subject, (at - DateTimeOffset.UnixEpoch).Days / 7L);
        if (!_blocks.TryGetValue(block, out var sums))
            _blocks[block] = sums = new(StringComparer.Ordinal);
        foreach (var measure in score.Measures)
            sums[measure.Name] = sums.GetValueOrDefault(measure.Name).With(measure);
        foreach (var quantile in score.Said.Quantiles)
        {
            var (below, count) = _levels.GetValueOrDefault(quantile.Probability);
            _levels[quantile.Probability] = (below + (score.Observed <= quantile.Value ? 1 : 0), count + 1);
        }

        if (score.Said.Probability is { } probability)
        {
            _probabilities.Add(probability);
            _came.Add(score.Observed > 0.5);
        }

        _from = at < _from ? at : _from;
        _to = at > _to ? at : _to;
        _count++;
    }

    public RecordPart ToPart(string model, string version, string baseline, double hoursAhead, string unit)
    {
        var said = _probabilities.ToArray();
        var came = _came.ToArray();
        return new RecordPart(
            model, version, baseline, hoursAhead, unit, _from, _to, _count, _blocks.Keys.Select(b => b.Subject).Distinct().Count(),
            _blocks.Keys.Select(b => b.Week).Distinct().Count(),
            [.. _blocks.Values.SelectMany(s => s.Keys).Distinct(StringComparer.Ordinal).Select(SkillOf)],
            said.Length > 0
                ? [.. Reliability.Bins(said, came).Select(b => new ReliabilityPoint(b.MeanProbability, b.ObservedShare, b.Count))]
                : [.. OfLevels()],
            said.Length > 0 ? BrierScore.Parts(said, came) : null);
    }

    private IEnumerable<ReliabilityPoint> OfLevels()
    {
        var before = 0;
        foreach (var (level, (below, count)) in _levels)
        {
            yield return new ReliabilityPoint(level, (double)below / count, below - before);
            before = below;
        }
    }

    private Skill SkillOf(string measure)
    {
        var blocks = _blocks.Where(b => b.Value.ContainsKey(measure)).Select(b => (b.Key, Sums: b.Value[measure])).ToArray();
        var all = blocks.Aggregate(default(Sums), (sum, b) => sum + b.Sums);
        var compared = all.Compared == all.Count;
        return new Skill(
            measure, all.Value / all.Count, Interval(s => s.Value), compared ? all.Baseline / all.Count : null,
            compared ? (all.Baseline - all.Value) / all.Count : null, compared ? Interval(s => s.Baseline - s.Value) : null);

        ScoreInterval? Interval(Func<Sums, double> of) => ScoreInterval.Wider(
            BlockBootstrap.Interval([.. blocks.Select(b => b.Key.Subject)], drawn => Mean(drawn, of), Seed, Draws),
            BlockBootstrap.Interval([.. blocks.Select(b => b.Key.Week)], drawn => Mean(drawn, of), Seed, Draws));

        double Mean(IReadOnlyList<int> drawn, Func<Sums, double> of)
        {
            var (sum, count) = (0.0, 0);
            foreach (var i in drawn)
                (sum, count) = (sum + of(blocks[i].Sums), count + blocks[i].Sums.Count);
            return sum / count;
        }
    }

    private readonly record struct Sums(double Value, double Baseline, int Compared, int Count)
    {
        public Sums With(Measure measure) =>
            new(Value + measure.Value, Baseline + (measure.Baseline ?? 0), Compared + (measure.Baseline is null ? 0 : 1), Count + 1);

        public static Sums operator +(Sums a, Sums b) =>
            new(a.Value + b.Value, a.Baseline + b.Baseline, a.Compared + b.Compared, a.Count + b.Count);
    }
}
