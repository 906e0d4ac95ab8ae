using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>
/// Copies of a database that were set aside because they were damaged: what is in them cannot be told, and all of it can be made again, so
/// all go.
/// </summary>
/// <param name="database">The file that they were.</param>
internal sealed class SetAsideFiles(string database) : IErasable
{
    public string Name => "databases set aside";

    public Origins Origin => Origins.Remains;

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(database)!;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{Path.GetFileName(database)}.*.aside*") : [];
        if (delete)
            Array.ForEach(files, File.Delete);
        return Task.FromResult(new Found(0, files.Length, files.Length));
    }
}
