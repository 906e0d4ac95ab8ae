using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Forecasts.Record;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Tests.Forecasts.Record;

public sealed class TallyTests
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AModelThatHelpsEveryHiveIsToldToWithAnIntervalAboveNothing()
    {
        var part = PartOf(hives: 7, days: 60, error: 1, baseline: 2);
        var skill = Assert.Single(part.Skills, s => s.Measure == Measures.AbsoluteError);
        Assert.Equal((1, 2, 1), (skill.Mean, skill.Baseline, skill.Gain));
        Assert.True(skill.Helps);
        Assert.Equal((7 * 60, 7, 9), (part.Count, part.Subjects, part.Weeks));
    }

    [Fact]
    public void OneThatLosesIsNotToldToHelp()
    {
        var skill = PartOf(hives: 7, days: 60, error: 2, baseline: 1).Skills[0];
        Assert.Equal(-1, skill.Gain);
        Assert.False(skill.Helps);
    }

    [Theory]
    [InlineData(4, 60)]
    [InlineData(7, 20)]
    public void OfTooFewHivesOrWeeksNoIntervalIsTold(int hives, int days)
    {
        var skill = PartOf(hives, days, error: 1, baseline: 2).Skills[0];
        Assert.Null(skill.Interval);
        Assert.Null(skill.GainInterval);
        Assert.False(skill.Helps);
    }

    /// <summary>Hives that differ much and weeks that do not: the interval by hives is the wider one and is told.</summary>
    [Fact]
    public void TheWiderOfTheTwoIntervalsIsTold()
    {
        var tally = new Weeks();
        for (var day = 0; day < 70; day++)
        {
            for (var hive = 0; hive < 7; hive++)
                tally.Add(Hive(hive), Value(day, said: 30 + hive, observed: 30, baseline: 30));
        }

        var interval = tally.ToPart("as now", 6, "Cel").Skills[0].Interval!.Value;
        Assert.True(interval.High - interval.Low > 1, $"{interval}");
    }

    [Fact]
    public void QuantilesAreHeldAgainstTheShareThatStayedBelow()
    {
        var tally = new Weeks();
        for (var i = 0; i < 10; i++)
            tally.Add(Hive(0), Value(i, said: 5, observed: i + 0.5, baseline: 5, new Quantile(0.1, 2), new Quantile(0.9, 8)));

        var part = tally.ToPart("as now", 6, "Cel");
        Assert.Equal([new ReliabilityPoint(0.1, 0.2, 2), new ReliabilityPoint(0.9, 0.8, 6)], part.Reliability);
        Assert.Equal(0.6, part.Skills.Single(s => s.Measure == Measures.Covered).Mean, 12);
        Assert.Null(part.Brier);
    }

    [Fact]
    public void ProbabilitiesHaveBinsWithCountsAndTheBrierScoresParts()
    {
        var tally = new Weeks();
        for (var i = 0; i < 20; i++)
        {
            var step = new ForecastStep(Start.AddDays(i), "1", null, [], i < 10 ? 0.15 : 0.75, 0.5, []);
            var observed = i is 0 or 1 || i >= 12 ? 1 : 0;
            tally.Add(Hive(i % 3), Score(step, observed));
        }

        var part = tally.ToPart("base rate", 24, "1");
        Assert.Equal([10, 10], part.Reliability.Select(p => p.Count));
        Assert.Equal([0.2, 0.8], part.Reliability.Select(p => Math.Round(p.Came, 12)));
        var brier = part.Brier!.Value;
        Assert.Equal(((8 * 0.15 * 0.15) + (2 * 0.85 * 0.85) + (2 * 0.75 * 0.75) + (8 * 0.25 * 0.25)) / 20, brier.Score, 12);
        Assert.Equal(brier.Score, part.Skills.Single(s => s.Measure == Measures.Brier).Mean, 12);
        Assert.Equal((0.0025, 0.09, 0.25), (Math.Round(brier.Reliability, 9), Math.Round(brier.Resolution, 9), brier.Uncertainty));
    }

    private static RecordPart PartOf(int hives, int days, double error, double baseline)
    {
        var tally = new Weeks();
        for (var day = 0; day < days; day++)
        {
            for (var hive = 0; hive < hives; hive++)
                tally.Add(Hive(hive), Value(day, said: 30 + error, observed: 30, baseline: 30 + baseline));
        }

        return tally.ToPart("as now", 6, "Cel");
    }

    private static SubjectId Hive(int number) => new(SubjectId.Hive, $"h{number}");

    private static ForecastScore Value(int day, double said, double observed, double baseline, params Quantile[] quantiles) =>
        Score(new ForecastStep(Start.AddDays(day), "Cel", said, quantiles, null, baseline, []), observed);

    private static ForecastScore Score(ForecastStep step, double observed) =>
        new(step.ValidAt.AddHours(-6), "m", "1", "as now", step, step.ValidAt, observed, Measures.Of(step, observed));

    /// <summary>Scores by subject and week, tallied.</summary>
    private sealed class Weeks
    {
        private readonly Dictionary<(SubjectId Subject, long Week), WeekTally> _weeks = [];

        public void Add(SubjectId subject, ForecastScore score)
        {
            var key = (subject, WeekTally.WeekOf(score.Said.ValidAt));
            if (!_weeks.TryGetValue(key, out var week))
                _weeks[key] = week = new WeekTally();
            week.Add(score);
        }

        public RecordPart ToPart(string baseline, double hours, string unit)
        {
            var tally = new Tally();
            foreach (var ((subject, week), sums) in _weeks)
                tally.Add(subject, week, sums);
            return tally.ToPart(new RecordKey("m", "1", baseline, hours, unit));
        }
    }
}
