using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Panel;

namespace IotGateway.Science.Tests.Learning;

/// <summary>The surveys as they are read, and the figures that others have published of them.</summary>
public class SurveyTests
{
    [Fact]
    public void TheSameQuarterLastYearHasThePublishedError()
    {
        var rows = ColonyPanel.Losses();
        var printed = rows.Where(r => r.Published).ToDictionary(r => (r.State, r.Quarter.Index), r => r.Percent);
        var errors = rows.Where(r => r.Published && r.Quarter.Year >= 2023 && printed.ContainsKey((r.State, r.Quarter.Index - 4)))
            .Select(r => Math.Abs(r.Percent - printed[(r.State, r.Quarter.Index - 4)])).ToList();

        Assert.Equal(349, errors.Count);
        Assert.Equal(4.891, errors.Average(), 3);
    }

    [Fact]
    public void WhatIsTooSmallToPrintIsAboutNothingAndNotMissing()
    {
        var losses = ColonyPanel.Losses().Single(r => r.State == "ND" && r.Quarter == new Quarter(2021, 1));

        Assert.False(losses.Published);
        Assert.Equal(0.277, losses.Percent, 3);
        Assert.Equal(3, ColonyPanel.Varroa().Count(r => !r.Published && r.Percent == 0));
    }

    [Fact]
    public void ARevisionStandsFromItsReportOn()
    {
        var releases = ReleasedPanel.Read();
        var final = releases.Final().ToDictionary(r => (r.State, r.Quarter), r => r.Percent);
        var first = releases.KnownFor(new(2018, 4));

        Assert.Contains(first, r => final[(r.State, r.Quarter)] != r.Percent);
        Assert.Equal(630, final.Keys.Count(k =>
            k.Quarter.Index >= new Quarter(2018, 4).Index && k.Quarter.Index <= new Quarter(2022, 2).Index));
    }

    [Fact]
    public void AStateWithoutHistoryHasTheNationsMean()
    {
        var season = ColonyPanel.Losses().Where(r => r.Quarter.Number == 1).ToList();

        var baseline = Baseline.Of(season, "AK", new Quarter(2026, 1));

        Assert.Null(baseline.LastYear);
        Assert.Equal(season.Where(r => r.IsState).Average(r => r.Percent), baseline.ShrunkMean, 9);
    }
}
