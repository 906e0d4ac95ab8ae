namespace IotGateway.Learning.Artifacts;

/// <summary>Trained model as its file holds it.</summary>
/// <param name="Format">The file's format; only <see cref="ThisFormat"/> is read.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">Rises when what it says changes.</param>
/// <param name="TrainedOn">The rows that it learnt from, in words.</param>
/// <param name="Data">SHA-256 of the tables with those rows, hexadecimal.</param>
/// <param name="Models">What it learnt.</param>
internal sealed record ModelArtifact<TModels>(
    int Format, string Name, string Version, string TrainedOn, string Data, TModels Models)
{
    public const int ThisFormat = 1;
}
