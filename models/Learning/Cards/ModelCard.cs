using System.Globalization;
using System.Text;
using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Mixed;

namespace IotGateway.Learning.Cards;

/// <summary>Card of a model in Markdown.</summary>
internal static class ModelCard
{
    public static string Of(PanelModel kind, ModelArtifact<LearntModels> artifact)
    {
        var newest = artifact.Models.Years[^1].Model;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {kind.Title}\n\n")
            .Append(CultureInfo.InvariantCulture, $"Model `{artifact.Name}`, version {artifact.Version}. ")
            .Append(CultureInfo.InvariantCulture, $"Learnt anew each year from {artifact.TrainedOn}.\n\n")
            .Append(kind.Text.Says).Append("\n\n## How right it was\n\n")
            .Append(MarkdownTable.Of(kind.Evaluate(artifact.Models), kind.Text.Looks)).Append('\n')
            .Append("A gain above 0 is for the model. Its interval is by blocks of states and by blocks of quarters; ")
            .Append("the wider one stands here.\n\n")
            .Append(kind.Text.Choices).Append("\n\n## What it learnt\n\n")
            .Append("| deviation shared by | variance of the root, % | fades in, years |\n| --- | --- | --- |\n");
        foreach (var effect in newest.Effects)
            text.Append(CultureInfo.InvariantCulture, $"| {effect.Name} | {Number(effect.Variance)} | {Years(effect)} |\n");
        var noise = newest.Noise;
        text.Append(CultureInfo.InvariantCulture, $"| nothing, in a state of 20,000 colonies | {Number(noise.Of(20_000))} | |\n")
            .Append(CultureInfo.InvariantCulture, $"| nothing, in a state of 500,000 colonies | {Number(noise.Of(500_000))} | |\n\n")
            .Append("## What was tried\n\n").Append(kind.Text.Tried)
            .Append("\n\n## What it cannot tell\n\n").Append(kind.Text.Limits).Append('\n');
        return text.ToString();
    }

    private static string Years(Effect effect) => effect.Years is { } years ? years.ToString("0.0", CultureInfo.InvariantCulture) : "lasts";

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
