using IotGateway.Cloud.Erasure;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Visits written of the hives of devices, for erasure: they name their author and go with the hive's readings.</summary>
internal sealed class VisitErasure(IVisitStore visits) : IErasable
{
    public string Name => "visits";

    public Origins Origin => Origins.Record;

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation) =>
        Found.ByDeviceAsync(devices, device => visits.EraseAsync(device, delete, cancellation), progress, cancellation);
}
