namespace IotGateway.Edge.Tests.Buffer;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("buffer-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
