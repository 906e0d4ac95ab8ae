using System.Globalization;
using System.Text;
using IotGateway.Learning.Evaluation;
using IotGateway.Science.Scores;

namespace IotGateway.Learning.Cards;

/// <summary>Table of a card in Markdown.</summary>
internal static class MarkdownTable
{
    public static string Of(IEnumerable<TableLine> lines, int looks)
    {
        var text = new StringBuilder(
            "| rows | n | looks | measure | baseline | model | gain, 95 % | goal |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {line.Rows} | {line.Count} | {looks} | {line.Measure} ")
                .Append(CultureInfo.InvariantCulture, $"| {line.Baseline.Name}: {Number(line.Baseline.Value)} | {Number(line.Model)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Interval(line.Gain)} | {line.Goal}: {(line.Met ? "met" : "not met")} |\n");
        }

        return text.ToString();
    }

    private static string Interval(ScoreInterval? gain) => gain is { } known ? $"{Number(known.Low)} to {Number(known.High)}" : "–";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);
}
