using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Answers;

/// <summary>Way of answers to gateways, by the embedded broker or by one elsewhere.</summary>
internal interface IAnswers
{
    /// <summary>Publishes an answer, QoS 1, on <see cref="Topics.Stored"/>.</summary>
    /// <exception cref="IOException">The broker does not take it, now or at all.</exception>
    Task PublishAsync(string gateway, StoredAnswer answer, CancellationToken cancellation);
}
