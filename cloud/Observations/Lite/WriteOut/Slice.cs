namespace IotGateway.Cloud.Observations.Lite.WriteOut;

/// <summary>
/// Slice of a write-out: one change of the file, whole or nothing of it. All that changed of a device is in one, so that whatever slices a
/// crash leaves are what storing would find, and storing the rest again changes nothing of them.
/// </summary>
/// <param name="Changes">What to write.</param>
/// <param name="Parts">Number of parts among it, which stay in memory until it is written.</param>
/// <param name="Written">Called when it is durable, by the thread that wrote it.</param>
internal sealed record Slice(IReadOnlyList<DocumentChange> Changes, int Parts, Action Written)
{
    /// <summary>Set when it is durable, or will never be.</summary>
    public ManualResetEventSlim Ended { get; } = new();
}
