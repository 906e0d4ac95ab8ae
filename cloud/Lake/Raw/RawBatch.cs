using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>A batch as it was received.</summary>
/// <param name="Gateway">Who sent it.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Range">Its sequences.</param>
/// <param name="Received">When it came, UTC; ascending with arrival, no two alike in one log. It decides between two values of one
/// reading.</param>
/// <param name="Bytes">The message, exactly as received.</param>
internal sealed record RawBatch(string Gateway, string Stream, SequenceRange Range, DateTimeOffset Received, ReadOnlyMemory<byte> Bytes);
