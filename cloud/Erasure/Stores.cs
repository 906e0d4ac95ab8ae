using IotGateway.Cloud.Data;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>The hot store, in whatever it is kept.</summary>
internal sealed class HotStore(IObservations store) : IErasable
{
    public string Name => "observations";

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation) =>
        Each.DeviceAsync(devices, device => store.EraseAsync(device, delete, cancellation), progress, cancellation);
}

/// <summary>What was said from the devices' readings.</summary>
internal sealed class SaidRuns(IForecastBook book) : IErasable
{
    public string Name => "forecasts";

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation) =>
        Each.DeviceAsync(devices, device => book.ForgetAsync(device, DateTimeOffset.MaxValue, delete, cancellation), progress, cancellation);
}

/// <summary>Databases that were set aside because they were damaged: what is in them cannot be told, and all of it can be made again, so all go.</summary>
internal sealed class SetAside(DataFolder data) : IErasable
{
    public string Name => "databases set aside";

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation)
    {
        var files = new[] { Path.GetDirectoryName(data.HotStore)!, Path.GetDirectoryName(data.Forecasts)! }
            .Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.aside*")).ToList();
        if (delete)
            files.ForEach(File.Delete);
        return Task.FromResult(new Found(0, files.Count, files.Count));
    }
}

file static class Each
{
    public static async Task<Found> DeviceAsync(IReadOnlySet<DeviceId> devices, Func<DeviceId, Task<long>> count, Action<Found> progress, CancellationToken cancellation)
    {
        var found = default(Found);
        foreach (var device in devices)
        {
            cancellation.ThrowIfCancellationRequested();
            progress(found = found with { Entries = found.Entries + await count(device), Searched = found.Searched + 1 });
        }

        return found;
    }
}
