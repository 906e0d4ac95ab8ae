using System.Globalization;
using System.Runtime.CompilerServices;
using IotGateway.Cloud.Tests.Hives.State;
using IotGateway.Science.Hive.Temperature;
using IotGateway.Science.Scores;

namespace IotGateway.Cloud.Tests.Forecasts.Kinds;

/// <summary>The forecast of the temperature over the whole recorded season of seven real hives, each hour as of that hour.</summary>
public sealed class NestSeasonTests
{
    private static readonly DateTimeOffset Chosen = new(2021, 8, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Said(string Hive, DateTimeOffset AsOf, NestOutlook Outlook, double Observed);

    [Fact]
    public void TheGuideTellsItsSkillAsMeasured()
    {
        var guide = File.ReadAllText(Guide());
        var seasons = NestTemperature.Horizons.ToDictionary(h => h, Season);
        string[] rows =
        [
            .. seasons.Select(s => Row($"{s.Key} h", [.. s.Value.Where(said => said.AsOf >= Chosen)])),
            .. seasons[6].GroupBy(s => s.Hive).Select(hive => Row($"{hive.Key}, 6 h", [.. hive])),
        ];
        Assert.True(
            Array.TrueForAll(rows, row => guide.Contains(row, StringComparison.Ordinal)),
            $"The guide's tables are now:\n{string.Join('\n', rows)}");
    }

    [Theory]
    [InlineData(1, 0.88)]
    [InlineData(6, 0.88)]
    public void ItBeatsAsNowInTheMonthsThatChoseNothing(int horizon, double most)
    {
        var after = Season(horizon).Where(s => s.AsOf >= Chosen).ToList();
        Assert.InRange(Error(after, s => s.Outlook.Value) / Error(after, s => s.Outlook.AsNow), 0.5, most);
    }

    private static string Row(string name, List<Said> said)
    {
        var (ours, asNow) = (Error(said, s => s.Outlook.Value), Error(said, s => s.Outlook.AsNow));
        var byHive = Gain(said, s => s.Hive);
        var byWeek = Gain(said, s => $"{s.AsOf.DayOfYear / 7}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {said.Count} | {asNow:0.000} | {ours:0.000} | {Text(ScoreInterval.Wider(byHive, byWeek))} | "
                + $"{Pinball(said):0.000} | {100 * Coverage(said):0} % |");
    }

    private static string Text(ScoreInterval? gain) => gain is { } g
        ? string.Create(CultureInfo.InvariantCulture, $"{Rounded(g.Low):0.000} to {Rounded(g.High):0.000}")
        : "–";

    private static double Rounded(double value) => Math.Round(value, 3) + 0.0;

    private static ScoreInterval? Gain(List<Said> said, Func<Said, string> block)
    {
        var gains = said.GroupBy(s => (Block: block(s), s.Hive))
            .Select(g => (g.Key.Block, Sum: g.Sum(Gain), Count: g.Count()))
            .ToList();
        return BlockBootstrap.Interval(
            [.. gains.Select(g => g.Block)], drawn => drawn.Sum(i => gains[i].Sum) / drawn.Sum(i => gains[i].Count), seed: 1);
    }

    private static double Gain(Said said) =>
        Math.Abs(said.Outlook.AsNow - said.Observed) - Math.Abs(said.Outlook.Value - said.Observed);

    private static double Error(List<Said> said, Func<Said, double> value) => said.Average(s => Math.Abs(value(s) - s.Observed));

    private static double Pinball(List<Said> said) => said.Average(s =>
        NestTemperature.Levels.Zip(s.Outlook.Quantiles, (l, q) => QuantileScore.Pinball(l, q, s.Observed)).Average());

    private static double Coverage(List<Said> said) =>
        said.Average(s => s.Observed >= s.Outlook.Quantiles[0] && s.Observed <= s.Outlook.Quantiles[^1] ? 1.0 : 0);

    private static List<Said> Season(int horizon)
    {
        var all = new List<Said>();
        foreach (var (hive, record) in Recording.Season.Hives)
        {
            var begin = new DateTimeOffset(record.Temperature[0].Time.UtcDateTime.Date, TimeSpan.Zero);
            var hours = new double[(int)(record.Temperature[^1].Time - begin).TotalHours + 1];
            Array.Fill(hours, double.NaN);
            foreach (var hour in record.Temperature.GroupBy(o => (int)(o.Time - begin).TotalHours))
                hours[hour.Key] = hour.Average(o => o.Value);
            var outlooks = NestTemperature.Ahead(hours, hours.Length)[horizon];
            for (var at = 0; at + horizon < hours.Length; at++)
            {
                if (!double.IsNaN(hours[at + horizon]) && outlooks[at] is { } outlook)
                    all.Add(new Said(hive, begin.AddHours(at + 1), outlook, hours[at + horizon]));
            }
        }

        return all;
    }

    private static string Guide([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs/forecasts.md"));
}
