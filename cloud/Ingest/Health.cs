namespace IotGateway.Cloud.Ingest;

/// <summary>Whether the cloud does its work, and if not, why.</summary>
internal sealed class Health
{
    private string? _fault;
    private bool _listening;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem => Volatile.Read(ref _fault) ?? (Volatile.Read(ref _listening) ? null : "the broker does not listen yet, or no longer");

    public void Listening(bool value) => Volatile.Write(ref _listening, value);

    /// <summary>Something failed for good; the process is about to end.</summary>
    public void Fail(string problem) => Volatile.Write(ref _fault, problem);
}
