namespace IotGateway.Edge.Sources;

/// <summary>A message as a source received it, before anything is known about it.</summary>
/// <param name="Source">The source's name in the configuration.</param>
/// <param name="Topic">The topic it came on.</param>
/// <param name="Payload">Its bytes; owned by this record.</param>
/// <param name="At">When it was received, by the gateway's clock.</param>
/// <param name="Timestamp">The same moment by the monotonic clock (<see cref="TimeProvider.GetTimestamp"/>), which is right when the gateway's is not.</param>
/// <param name="Acknowledge">Tells the source that the message is durable here (or refused for good); until then the source keeps it. Never throws.</param>
internal sealed record Received(string Source, string Topic, ReadOnlyMemory<byte> Payload, DateTimeOffset At, long Timestamp, Func<CancellationToken, Task> Acknowledge);
