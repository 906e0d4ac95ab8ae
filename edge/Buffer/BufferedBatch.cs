namespace IotGateway.Edge.Buffer;

/// <summary>What the disk policy may do to a batch: ordinary ones are thinned and dropped when the disk is full, alarms never.</summary>
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
internal sealed record BufferedBatch(long Sequence, BatchKind Kind, int Readings, DateTimeOffset AppendedAt, ReadOnlyMemory<byte> Payload);

/// <summary>Readings lost inside sequences <paramref name="First"/> to <paramref name="Last"/>; to be reported upstream, then forgotten.</summary>
/// <param name="Id">Ascending; what <see cref="BatchBuffer.ForgetLossesAsync"/> takes.</param>
/// <param name="First">The first sequence concerned.</param>
/// <param name="Last">The last sequence concerned; some between may be whole.</param>
/// <param name="Readings">How many readings were lost; an estimate where a damaged file took its own count with it.</param>
/// <param name="Cause">One of <see cref="LossCause"/>.</param>
/// <param name="At">When the loss was recorded.</param>
internal sealed record LossRecord(long Id, long First, long Last, long Readings, string Cause, DateTimeOffset At)
{
    /// <summary>The stream that the sequences belong to.</summary>
    public string Stream { get; init; } = "";
}

/// <summary>Why readings were lost.</summary>
internal static class LossCause
{
    /// <summary>The disk was full: one reading in n was kept.</summary>
    public const string Thinned = "thinned";

    /// <summary>The disk was full and thinning did not suffice.</summary>
    public const string Dropped = "dropped";

    /// <summary>The cloud refused the batch; it lies in the dead letters.</summary>
    public const string Refused = "refused";

    /// <summary>The batch was too large and went on as two; no reading was lost.</summary>
    public const string Split = "split";

    /// <summary>The file was damaged and the batch could not be read back.</summary>
    public const string Damaged = "damaged";
}

/// <summary>
/// Keeps one reading in <paramref name="keepOneIn"/> of a batch and answers the smaller payload and its count. Called on the
/// buffer's writer thread; null in place of it thins by whole batches.
/// </summary>
internal delegate (ReadOnlyMemory<byte> Payload, int Readings) ThinBatch(ReadOnlyMemory<byte> payload, int readings, int keepOneIn);
