namespace IotGateway.Storage.Documents;

/// <summary>
/// The write-ahead log of a <see cref="DocumentFile"/>: memory that it has while a change is made, of which little stays afterwards,
/// however large the change was.
/// </summary>
internal sealed class LogMemory : MemoryStream
{
    /// <summary>So much stays: most changes need no more.</summary>
    private const int Kept = 1024 * 1024;

    public override void SetLength(long value)
    {
        base.SetLength(value);
        if (value == 0 && Capacity > Kept)
            Capacity = Kept;
    }
}
