using System.Net.Sockets;
using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Ingest.Certificates;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Ingest;

/// <summary>Opens the broker once the hot store has caught up, and closes it first of all.</summary>
internal sealed class BrokerHost(
    Recovery catchUp, RawLog raw, HotStoreWriter projection, IObservations store, StoredSequences stored, GatewayBroker broker, TlsListener listener, Enrolment enrolment, GatewayRegistry book, IngestOptions options, Health health, ILogger<BrokerHost> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await catchUp.RunAsync(cancellationToken);
        projection.Begin(raw.Newest);
        foreach (var stream in await store.StreamsAsync(cancellationToken))
        {
            stored.Add(stream.Gateway, stream.Stream, stream.Applied.Ranges);
            book.Stored(stream.Gateway, stream.Stream, stream.Applied, await store.GapsAsync(stream.Gateway, cancellationToken));
        }

        foreach (var gateway in enrolment.Gateways())
            book.Update(gateway, view => view);
        if (options.Source == "http")
        {
            health.Listening(true);
            return;
        }

        try
        {
            await broker.StartAsync();
        }
        catch (SocketException e)
        {
            throw new FormatException($"Ingest:Listen and Ingest:Port are '{options.Listen}' and '{options.Port}'; expected an address of this machine and a port that is free ({e.Message}).", e);
        }

        health.Listening(true);
        log.Listening(options.Listen, listener.Port, enrolment.Gateways().Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        health.Listening(false);
        if (options.Source == "broker")
            await broker.StopAsync();
    }
}
