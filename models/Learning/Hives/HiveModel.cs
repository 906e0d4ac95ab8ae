using IotGateway.Learning.Artifacts;
using IotGateway.Learning.Cards;
using IotGateway.Learning.Data;
using IotGateway.Learning.Linear;

namespace IotGateway.Learning.Hives;

/// <summary>Model of hives: what it learns from, how it is judged, and what its card tells.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Title">What it says, with its unit.</param>
/// <param name="TrainedOn">The rows that it learns from, in words.</param>
/// <param name="Tables">The tables with those rows; none where they may not be redistributed, and then it has no artifact.</param>
/// <param name="Learn">Learns it anew.</param>
/// <param name="Judge">Holds what each line says of rows that it has not seen against what came.</param>
/// <param name="Text">Words of its card.</param>
internal sealed record HiveModel(
    string Name, string Title, string TrainedOn, IReadOnlyList<string> Tables, Func<LearntLines> Learn,
    Func<LearntLines, HeldOutJudgement> Judge, CardText Text)
{
    private const string Version = "1";

    public bool HasArtifact => Tables.Count > 0;

    public ModelArtifact<LearntLines> Train() => new(
        ModelArtifact<LearntLines>.ThisFormat, Name, Version, TrainedOn, HasArtifact ? DataFiles.HashOf(Tables) : "", Learn());

    /// <summary>Writes its artifact and tells the path.</summary>
    public static string Write(string folder, ModelArtifact<LearntLines> artifact) =>
        ArtifactFile.Write(folder, artifact, ArtifactJson.Default.Lines);

    /// <summary>Its artifact in a folder; learnt anew where it may have none.</summary>
    /// <exception cref="ArtifactException">There is another, or none that can be read.</exception>
    public ModelArtifact<LearntLines> Read(string folder)
    {
        if (!HasArtifact)
            return Train();
        var artifact = ArtifactFile.Read(folder, Name, ArtifactJson.Default.Lines);
        var features = artifact.Models.Features.Count;
        return artifact.Models.Lines.FirstOrDefault(l => l.Model.Coefficients.Count != features) is { } line
            ? throw new ArtifactException(
                Name, $"{line.Model.Coefficients.Count} coefficients of {line.Target}", $"{features}, one a feature")
            : artifact;
    }
}
