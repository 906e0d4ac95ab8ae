using IotGateway.Science.Scores;

namespace IotGateway.Learning.Evaluation;

/// <summary>Forecasts of one frozen set of rows, with intervals by state and by quarter, of which the wider one is told.</summary>
internal sealed class Compared(IReadOnlyList<Forecasted> forecasts)
{
    private readonly Blocks _blocks = new([.. forecasts.Select(f => f.Row.State)], [.. forecasts.Select(f => f.Row.Quarter.Index)]);

    public IReadOnlyList<Forecasted> Forecasts => forecasts;

    public int Count => forecasts.Count;

    public double[] Observed { get; } = [.. forecasts.Select(f => f.Row.Percent)];

    public double[] Medians { get; } = [.. forecasts.Select(f => f.Said.Median)];

    public bool[] High { get; } = [.. forecasts.Select(f => Baseline.IsHigh(f.Row.Percent))];

    /// <summary>Lines of the states' last six quarters, against last year's value and against the shrunk mean.</summary>
    public static IEnumerable<TableLine> LastSixQuarters(IReadOnlyList<Forecasted> rolling, string goal, Func<double, bool> met)
    {
        const string Rows = "the last 6 quarters, from the quarters before as known now";
        var rows = new Compared([.. rolling.Where(f => f.Row is { IsState: true, Quarter.Year: >= 2024 })]);
        yield return rows.ErrorLine(Rows, "same quarter last year", b => b.LastYear!.Percent, goal, met);
        yield return rows.ErrorLine(Rows, "shrunk mean of state and quarter", b => b.ShrunkMean, goal, met);
    }

    /// <summary>Line of mean absolute errors.</summary>
    public TableLine ErrorLine(string rows, string name, Func<Baseline, double> baseline, string goal, Func<double, bool> met)
    {
        double[] simple = [.. forecasts.Select(f => baseline(f.Baseline))];
        var gains = Observed.Select((o, i) => Math.Abs(simple[i] - o) - Math.Abs(Medians[i] - o)).ToArray();
        var model = AbsoluteError.Mean(Medians, Observed);
        return new(rows, "MAE, points", Count, (name, AbsoluteError.Mean(simple, Observed)), model, MeanInterval(gains), goal, met(model));
    }

    /// <summary>The wider interval of a mean over the rows.</summary>
    public ScoreInterval? MeanInterval(double[] values) => _blocks.MeanInterval(values);

    /// <summary>The wider interval of a score over the rows.</summary>
    public ScoreInterval? Interval(Func<IReadOnlyList<int>, double> score) => _blocks.Interval(score);
}
