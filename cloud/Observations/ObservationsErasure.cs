using IotGateway.Cloud.Erasure;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations;

/// <summary>Devices' observations in the hot store, in whatever it is kept, for erasure and retention.</summary>
/// <param name="store">The hot store.</param>
/// <param name="options">Where it is kept.</param>
internal sealed class ObservationsErasure(IObservations store, ObservationsOptions options) : IErasable, IRetained
{
    public string Name => "observations";

    public string Noun => "observations";

    public string Word => "hot";

    public Origins Origin => Origins.Readings;

    public IReadOnlyList<string> NotCovered =>
        options.InDynamo ? ["point-in-time backups of the tables, which AWS keeps for up to 35 days"] : [];

    public string? Expected => options.InDynamo ? null : "none with Observations:Store lite, which keeps all";

    public Task<Found> SearchAsync(IReadOnlySet<DeviceId> devices, bool delete, Action<Found> progress, CancellationToken cancellation) =>
        Found.ByDeviceAsync(devices, device => store.EraseAsync(device, delete, cancellation), progress, cancellation);

    public async Task<(long Gone, long Stay)> LetGoAsync(
        DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation) =>
        (await store.ForgetAsync(before, apply, cancellation) ?? 0, 0);
}
