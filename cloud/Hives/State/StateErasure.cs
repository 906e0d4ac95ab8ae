using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>States said from the devices' readings, for erasure and retention.</summary>
internal sealed class StateErasure(IStateStore states, IObservations observations) : IErasable, IRetained
{
    private const int DevicesAtOnce = 100;

    public string Name => "states";

    public string Noun => "states";

    public string Word => "hot";

    public Origins Origin => Origins.Conclusions;

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation) =>
        Found.ByDeviceAsync(devices, device => states.ForgetAsync(device, DateTimeOffset.MaxValue, delete, cancellation), progress, cancellation);

    public async Task<(long Gone, long Stay)> LetGoAsync(DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation)
    {
        var gone = 0L;
        for (var page = await observations.DevicesAsync(null, DevicesAtOnce, cancellation); page.Count > 0; page = await observations.DevicesAsync(page[^1], DevicesAtOnce, cancellation))
            gone += (await Task.WhenAll(page.Select(device => states.ForgetAsync(device, before, apply, cancellation)))).Sum();
        return (gone, 0);
    }
}
