namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// Readings lost inside sequences <paramref name="First"/> to <paramref name="Last"/>; to be reported upstream, then forgotten.
/// </summary>
/// <param name="Id">Ascending; what <c>BatchBuffer.ForgetLossesAsync</c> takes.</param>
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

/// <summary>The causes of lost readings.</summary>
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
