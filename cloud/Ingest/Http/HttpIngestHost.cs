using IotGateway.Cloud.Ingest.Status;

namespace IotGateway.Cloud.Ingest.Http;

/// <summary>Says that batches are taken by HTTP, from when the hot store has caught up until the process stops.</summary>
internal sealed class HttpIngestHost(Health health) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        health.Listening(true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        health.Listening(false);
        return Task.CompletedTask;
    }
}
