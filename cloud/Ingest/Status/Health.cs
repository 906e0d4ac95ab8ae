namespace IotGateway.Cloud.Ingest.Status;

/// <summary>State of the cloud's own work, and the reason when it does not do it.</summary>
internal sealed class Health
{
    private string? _fault;
    private string? _trouble;
    private bool _listening;

    /// <summary>Its problem; null when there is none.</summary>
    public string? Problem =>
        Volatile.Read(ref _fault)
            ?? Volatile.Read(
                ref _trouble) ?? (Volatile.Read(ref _listening) ? null : "the broker or the queue is not open yet, or no longer");

    public void Listening(bool value) => Volatile.Write(ref _listening, value);

    /// <summary>Something does not work now and is tried again; null when it works.</summary>
    public void Trouble(string? problem) => Volatile.Write(ref _trouble, problem);

    /// <summary>Something failed for good; the process is about to end.</summary>
    public void Fail(string problem) => Volatile.Write(ref _fault, problem);
}
