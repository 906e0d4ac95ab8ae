using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;
using IotGateway.Science.Scores;

namespace IotGateway.Learning.Evaluation;

/// <summary>Table of the loss model: each line a frozen set of rows.</summary>
internal static class LossTable
{
    public static IReadOnlyList<TableLine> Of(LearntModels models, IReadOnlyList<Forecasted> rolling)
    {
        var then = new Compared(Backtest.AsKnownThen(models.First, ReleasedPanel.Read(), new(2018, 4), new(2022, 2)));
        return
        [
            Benchmark(rolling),
            .. Compared.LastSixQuarters(rolling, "≤ 3.60", m => m <= 3.60),
            then.ErrorLine(
                "2018 Q4–2022 Q2, from what was printed by 5 August before", "mean of state and quarter", b => b.SeasonMean!.Value,
                "≤ 4.35", m => m <= 4.35),
            .. Probabilities(new([.. rolling.Where(IsRecent)])),
            .. Intervals(rolling),
            .. WeatherEffect.All(rolling).Select(e => e.Line),
        ];
    }

    private static bool IsRecent(Forecasted forecast) => forecast.Row is { IsState: true, Quarter.Year: >= 2020 };

    private static TableLine Benchmark(IReadOnlyList<Forecasted> rolling)
    {
        var rows = new Compared(
            [.. rolling.Where(f => f.Row is { Published: true, Quarter.Year: >= 2023 } && f.Baseline.LastYear is { Published: true })]);
        double[] simple = [.. rows.Forecasts.Select(f => f.Baseline.LastYear!.Percent)];
        var last = AbsoluteError.Mean(simple, rows.Observed);
        var ratio = AbsoluteError.Mean(rows.Medians, rows.Observed) / last;
        var interval = rows.Interval(drawn => 1 - drawn.Sum(i => Math.Abs(rows.Medians[i] - rows.Observed[i]))
            / drawn.Sum(i => Math.Abs(simple[i] - rows.Observed[i])));
        return new("the public benchmark: 2023–25 with OT, printed losses", "MAE ÷ that of the same quarter last year", rows.Count,
            ("same quarter last year", 1), ratio, interval, "≤ .78", ratio <= 0.78);
    }

    private static IEnumerable<TableLine> Probabilities(Compared rows)
    {
        double[] said = [.. rows.Forecasts.Select(f => f.Said.ProbabilityOfAtLeast(Baseline.HighLoss))];
        double[] simple = [.. rows.Forecasts.Select(f => f.Baseline.ShrunkShare)];
        var gains = said.Select((p, i) => Square(simple[i], rows.High[i]) - Square(p, rows.High[i])).ToArray();
        var brier = BrierScore.Mean(said, rows.High);
        yield return new("2020–25, every quarter from those before", "Brier score of a loss ≥ 15 %", rows.Count,
            ("share of the state's same quarters", BrierScore.Mean(simple, rows.High)), brier, rows.MeanInterval(gains), "≤ .134",
            brier <= 0.134);
        var area = RankScore.AreaUnderCurve(said, rows.High);
        yield return new("the same", "AUC of a loss ≥ 15 %", rows.Count,
            ("share of the state's same quarters", RankScore.AreaUnderCurve(simple, rows.High)), area,
            rows.Interval(drawn => Area(said, drawn) - Area(simple, drawn)), "≥ .75", area >= 0.75);
        var (ours, theirs) = (Farthest(said, rows.High), Farthest(simple, rows.High));
        yield return new("the same", "farthest bin under .3 from what came", rows.Count,
            ("share of the state's same quarters", theirs), ours, null, "≤ .08", ours <= 0.08);

        double Area(double[] values, IReadOnlyList<int> drawn) =>
            RankScore.AreaUnderCurve([.. drawn.Select(i => values[i])], [.. drawn.Select(i => rows.High[i])]);
    }

    private static double Farthest(double[] said, bool[] happened) => Reliability.Bins(said, happened).Where(b => b.High < 0.31)
        .Max(b => Math.Abs(b.MeanProbability - b.ObservedShare));

    private static IEnumerable<TableLine> Intervals(IReadOnlyList<Forecasted> rolling)
    {
        var past = PastErrors.Quantiles([.. rolling.Where(f => f.Row.IsState)], new(2020, 1));
        var rows = new Compared([.. past.Select(p => p.Forecast)]);
        var said = rows.Forecasts.Select(f => PastErrors.Probabilities.Select(f.Said.Quantile).ToArray()).ToArray();
        var simple = past.Select(p => p.Quantiles).ToArray();
        var coverage = Coverage(said);
        yield return new("the same", "coverage of the 80 % interval", rows.Count, ("shrunk mean with its past errors", Coverage(simple)),
            coverage, null, ".76–.84", coverage is >= 0.76 and <= 0.84);
        double[] ours = [.. said.Select(Pinball)], theirs = [.. simple.Select(Pinball)];
        var gains = ours.Select((o, i) => theirs[i] - o).ToArray();
        var goal = 0.965 * theirs.Average();
        yield return new("the same", "mean pinball loss (.1, .5, .9), points", rows.Count,
            ("shrunk mean with its past errors", theirs.Average()), ours.Average(), rows.MeanInterval(gains), "≤ .965 of the baseline",
            ours.Average() <= goal);

        double Coverage(double[][] quantiles) =>
            QuantileScore.Coverage([.. quantiles.Select(q => q[0])], [.. quantiles.Select(q => q[2])], rows.Observed);

        double Pinball(double[] quantiles, int row) => PastErrors.Probabilities
            .Select((p, i) => QuantileScore.Pinball(p, quantiles[i], rows.Observed[row])).Average();
    }

    private static double Square(double probability, bool happened) => Math.Pow(probability - (happened ? 1 : 0), 2);
}
