namespace IotGateway.Edge.Tests.Buffer.Disks;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("buffer-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
