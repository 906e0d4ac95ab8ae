namespace IotGateway.Learning.Artifacts;

/// <summary>Artifact that cannot be used, with the file and what was expected.</summary>
internal sealed class ArtifactException(string file, string found, string expected) : Exception($"{file}: {found}; expected {expected}.");
