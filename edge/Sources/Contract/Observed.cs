using IotGateway.Edge.Decode;

namespace IotGateway.Edge.Sources.Contract;

/// <summary>One observed message or measurement: the one value that enters the pipeline, from every source alike.</summary>
/// <param name="Source">The source's name in the configuration.</param>
/// <param name="Content">What was observed, of which device, at which times.</param>
/// <param name="Raw">The message as it came, for the quarantine.</param>
/// <param name="At">When it was received, by the system's clock.</param>
/// <param name="Timestamp">The same moment by the monotonic clock (<see cref="TimeProvider.GetTimestamp"/>), which is right when the
/// system's is not.</param>
/// <param name="Acknowledge">Tells the source that it is durable here (or refused for good); until then the source keeps it. Never
/// throws.</param>
internal sealed record Observed(
    string Source, Content Content, RawMessage Raw, DateTimeOffset At, long Timestamp, Func<CancellationToken, Task> Acknowledge);

/// <summary>A message as it came, before anything was known about it.</summary>
/// <param name="Topic">The topic or path it came on; empty where a source has none.</param>
/// <param name="Payload">Its bytes, this record's own.</param>
internal readonly record struct RawMessage(string Topic, ReadOnlyMemory<byte> Payload);
