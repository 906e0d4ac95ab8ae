using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Panel;

namespace IotGateway.Science.Tests.Learning;

/// <summary>The surveys as they are read, and the figures that others have published of them.</summary>
public class SurveyTests
{
    /// <summary>Degrees of January to March 2017 above those of 2015 and 2016.</summary>
    private const double AlabamaInWinter2017 = 3.290;

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
    public void TheWeatherOfAQuarterIsLessThatOfTheYearsBefore()
    {
        var weather = StateWeather.Read();

        Assert.Null(weather.Deviations("AL", new(2016, 1)));
        Assert.Null(weather.Deviations("AL", new(2023, 1)));
        Assert.Equal(AlabamaInWinter2017, weather.Deviations("AL", new(2017, 1))![0], 9);
    }

    [Fact]
    public void WeatherThatTellsTheErrorIsFound()
    {
        var (weather, season) = (StateWeather.Read(), new Baseline(null, null, 9, 0));
        var quarters = Enumerable.Range(new Quarter(2018, 1).Index, 20).Select(i => new Quarter(i));
        var forecasts = quarters.SelectMany(q => PanelRows.States.Select(s => new Forecasted(
            new(s, q, Math.Pow(3 + (0.2 * weather.Deviations(s, q)![0]), 2), 20_000, true), new(3, 1), season))).ToList();

        var (last, same) = (WeatherEffect.All(forecasts)[0], WeatherEffect.All(forecasts)[1]);

        Assert.True(same.With < 0.8 * same.Without && same.Gain!.Value.Low > 0, $"{same}");
        Assert.True(last.With > 0.9 * last.Without, $"{last}");
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
