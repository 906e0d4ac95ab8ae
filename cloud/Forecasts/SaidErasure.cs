using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Forecasts.Documents;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Forecasts;

/// <summary>States and forecasts said from the devices' readings, for erasure and retention.</summary>
internal sealed class SaidErasure(ITimedDocuments documents) : IErasable, IRetained
{
    public string Name => "states and forecasts";

    public string Noun => "states and forecasts";

    public string Word => "hot";

    public Origins Origin => Origins.Conclusions;

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation) =>
        Found.ByDeviceAsync(devices, device => documents.EraseAsync(device, delete, cancellation), progress, cancellation);

    public async Task<(long Gone, long Stay)> LetGoAsync(
        DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation) =>
        (await documents.ForgetAsync(before, apply, cancellation), 0);
}
