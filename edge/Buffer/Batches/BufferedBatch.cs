namespace IotGateway.Edge.Buffer.Batches;

/// <summary>The rank of a batch with the disk policy: ordinary ones are thinned and dropped when the disk is full, alarms never.</summary>
internal enum BatchKind
{
    Ordinary = 0,
    Alarm = 1,
}

/// <summary>One batch as stored. The payload is opaque to the buffer (UTF-8 SenML records).</summary>
/// <param name="Sequence">Its number in the stream, from 1, in the order of the appends.</param>
/// <param name="Kind">Ordinary or alarm.</param>
/// <param name="Readings">How many readings the payload holds.</param>
/// <param name="AppendedAt">When it was committed, by the gateway's clock (which may be wrong).</param>
/// <param name="Payload">The bytes given to the append, or what thinning left of them.</param>
internal sealed record BufferedBatch(long Sequence, BatchKind Kind, int Readings, DateTimeOffset AppendedAt, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The largest payload, in bytes.</summary>
    public const int LargestPayloadBytes = 8 << 20;
}
