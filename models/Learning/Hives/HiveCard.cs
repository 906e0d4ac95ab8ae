using System.Globalization;
using System.Text;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Evaluation;
using IotGateway.Learning.Linear;

namespace IotGateway.Learning.Hives;

/// <summary>Card of a hive's model in Markdown.</summary>
internal static class HiveCard
{
    public static string Of(HiveModel kind, ModelArtifact<LearntLines> artifact)
    {
        var judged = kind.Judge(artifact.Models);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {kind.Title}\n\n")
            .Append(CultureInfo.InvariantCulture, $"Model `{artifact.Name}`, version {artifact.Version}. ")
            .Append(CultureInfo.InvariantCulture, $"Learnt from {artifact.TrainedOn}.\n\n")
            .Append(kind.Text.Says).Append("\n\n## How right it was\n\n")
            .Append(MarkdownTable.Of(judged.Lines, kind.Text.Looks)).Append('\n')
            .Append("A gain above 0 is for the model. Its interval is by blocks of what was held out and by blocks of time; ")
            .Append("the wider one stands here, and none where there are fewer than five blocks.\n\n")
            .Append(NotShown(judged.Lines)).Append(kind.Text.Choices).Append("\n\n");
        if (judged.SetAside.Count > 0)
        {
            text.Append("Set aside: ").AppendJoin("; ", judged.SetAside.Select(s => string.Create(
                CultureInfo.InvariantCulture, $"{s.Count} {s.Reason}"))).Append(".\n\n");
        }

        text.Append("## What it learnt\n\n").Append(Coefficients(artifact.Models))
            .Append("\n## What was tried\n\n").Append(kind.Text.Tried)
            .Append("\n\n## What it cannot tell\n\n").Append(kind.Text.Limits).Append('\n');
        return text.ToString();
    }

    /// <summary>Lines whose gain cannot be told from none: there the baseline stands, and the model is not shown as one.</summary>
    private static string NotShown(IReadOnlyList<TableLine> lines)
    {
        var none = lines.Where(l => l.Gain is { Low: <= 0 }).Select(l => $"{l.Measure} against \"{l.Baseline.Name}\" ({l.Rows})").ToList();
        return none.Count == 0
            ? ""
            : $"**No better than the baseline, with its interval, and not shown as a model:** {string.Join("; ", none)}.\n\n";
    }

    /// <summary>The coefficients of the models that have seen all rows, a column each.</summary>
    private static string Coefficients(LearntLines models)
    {
        var lines = models.Lines.Where(l => l.HeldOut == LearntLine.None).ToList();
        var text = new StringBuilder();
        text.Append("| coefficient of |").AppendJoin("", lines.Select(l => $" {l.Target} |")).Append('\n')
            .Append("| --- |").AppendJoin("", lines.Select(_ => " --- |")).Append('\n')
            .Append("| 1 |").AppendJoin("", lines.Select(l => $" {Number(l.Model.Intercept)} |")).Append('\n');
        for (var i = 0; i < models.Features.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {models.Features[i]} |")
                .AppendJoin("", lines.Select(l => $" {Number(l.Model.Coefficients[i])} |")).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(double value) => value == 0 ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
