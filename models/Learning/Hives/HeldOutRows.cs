using IotGateway.Learning.Evaluation;
using IotGateway.Science.Scores;

namespace IotGateway.Learning.Hives;

/// <summary>Lines of a table about one target: errors, probabilities, intervals, each against its baseline.</summary>
/// <param name="words">The rows, in words.</param>
/// <param name="baseline">The baseline's name.</param>
/// <param name="rows">The rows, at least one.</param>
internal sealed class HeldOutRows(string words, string baseline, IReadOnlyList<HeldOutRow> rows)
{
    private readonly Blocks _blocks = new([.. rows.Select(r => r.Group)], [.. rows.Select(r => r.Period)]);

    /// <summary>Mean absolute error.</summary>
    public TableLine Error(string unit, string goal, Func<double, double, bool> met)
    {
        var (simple, said) = (rows.Average(r => Math.Abs(r.Simple - r.Observed)), rows.Average(r => Math.Abs(r.Said - r.Observed)));
        return Line($"MAE, {unit}", simple, said, _blocks.MeanInterval(
            [.. rows.Select(r => Math.Abs(r.Simple - r.Observed) - Math.Abs(r.Said - r.Observed))]), goal, met(said, simple));
    }

    /// <summary>Area under the curve of an event.</summary>
    public TableLine Area(string what, string goal, Func<double, bool> met)
    {
        bool[] happened = [.. rows.Select(r => r.Observed > 0.5)];
        double[] simple = [.. rows.Select(r => r.Simple)], said = [.. rows.Select(r => r.Said)];
        var area = RankScore.AreaUnderCurve(said, happened);
        return Line($"AUC of {what}", RankScore.AreaUnderCurve(simple, happened), area,
            _blocks.Interval(drawn => Drawn(said, drawn) - Drawn(simple, drawn)), goal, met(area));

        double Drawn(double[] values, IReadOnlyList<int> drawn) =>
            RankScore.AreaUnderCurve([.. drawn.Select(i => values[i])], [.. drawn.Select(i => happened[i])]);
    }

    /// <summary>Brier score of an event.</summary>
    public TableLine Brier(string what, string goal, Func<double, double, bool> met)
    {
        var (simple, said) = (rows.Average(r => Square(r.Simple - r.Observed)), rows.Average(r => Square(r.Said - r.Observed)));
        return Line($"Brier score of {what}", simple, said, _blocks.MeanInterval(
            [.. rows.Select(r => Square(r.Simple - r.Observed) - Square(r.Said - r.Observed))]), goal, met(said, simple));
    }

    /// <summary>Share of the truths within the 80 % interval.</summary>
    public TableLine Coverage()
    {
        var share = rows.Average(r => Holds((r.Low, r.High), r.Observed) ? 1.0 : 0);
        return Line("coverage of the 80 % interval", 0.8, share, null, ".74–.86", share is >= 0.74 and <= 0.86);
    }

    /// <summary>Least and greatest share of a group's truths within the 80 % interval.</summary>
    public IEnumerable<TableLine> CoverageByGroup((double Low, double High)[] simple, string group)
    {
        var ours = ByGroup([.. rows.Select(r => (r.Low, r.High))]);
        var theirs = ByGroup(simple);
        yield return Line(
            $"coverage of the 80 % interval, least of a {group}", theirs.Min(), ours.Min(), null, "≥ .74", ours.Min() >= 0.74);
        yield return Line(
            $"coverage of the 80 % interval, greatest of a {group}", theirs.Max(), ours.Max(), null, "≤ .86", ours.Max() <= 0.86);

        List<double> ByGroup((double Low, double High)[] intervals) =>
            [.. rows.Select((r, i) => (r.Group, Within: Holds(intervals[i], r.Observed) ? 1.0 : 0)).GroupBy(r => r.Group)
                .Select(g => g.Average(r => r.Within))];
    }

    /// <summary>Mean pinball loss of the interval's ends, the 10 and 90 % quantiles.</summary>
    /// <param name="simple">The baseline's intervals, one a row.</param>
    /// <param name="unit">The values' unit.</param>
    /// <param name="share">The goal: this share of the baseline's.</param>
    /// <param name="goal">The goal in words.</param>
    public TableLine Pinball((double Low, double High)[] simple, string unit, double share, string goal)
    {
        double[] theirs = [.. rows.Select((r, i) => Loss(simple[i], r.Observed))];
        double[] ours = [.. rows.Select(r => Loss((r.Low, r.High), r.Observed))];
        return Line($"mean pinball loss (.1, .9), {unit}", theirs.Average(), ours.Average(),
            _blocks.MeanInterval([.. ours.Select((o, i) => theirs[i] - o)]), goal, ours.Average() <= share * theirs.Average());
    }

    private TableLine Line(string measure, double simple, double said, ScoreInterval? gain, string goal, bool met) =>
        new(words, measure, rows.Count, (baseline, simple), said, gain, goal, met);

    private static bool Holds((double Low, double High) interval, double observed) =>
        observed >= interval.Low && observed <= interval.High;

    private static double Loss((double Low, double High) said, double observed) =>
        (QuantileScore.Pinball(0.1, said.Low, observed) + QuantileScore.Pinball(0.9, said.High, observed)) / 2;

    private static double Square(double value) => value * value;
}
