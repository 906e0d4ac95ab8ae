using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// Brings the hot store up to the log at start, and notes of each gateway's stream what is stored, before anything new is taken.
/// </summary>
internal sealed class RecoveryHost(
    Recovery recovery, RawLog raw, HotStoreWriter writer, IObservations store, StoredSequences stored, GatewayRegistry gateways,
    EnrolledGateways enrolled, LakeFaults faults) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        raw.Tell((place, detail) => faults.Add(place, detail, mended: null));
        await recovery.RunAsync(cancellationToken);
        writer.Begin(raw.Newest);
        foreach (var stream in await store.StreamsAsync(cancellationToken))
        {
            stored.Recovered(stream.Gateway, stream.Stream, stream.Applied.Ranges);
            gateways.Stored(stream.Gateway, stream.Stream, stream.Applied, await store.GapsAsync(stream.Gateway, cancellationToken));
        }

        foreach (var gateway in enrolled.Gateways())
            gateways.Update(gateway, view => view);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
