using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// The sequences of each gateway's stream that are durable here. For the committer alone, once the catch-up has filled it.
/// </summary>
internal sealed class StoredSequences
{
    private readonly Dictionary<(string Gateway, string Stream), SequenceSet> _streams = [];

    /// <summary>Adds ranges to a stream.</summary>
    /// <returns>All of the stream; it changes with the next call.</returns>
    public SequenceSet Add(string gateway, string stream, IReadOnlyList<SequenceRange> ranges)
    {
        if (!_streams.TryGetValue((gateway, stream), out var all))
            _streams[(gateway, stream)] = all = new SequenceSet();
        foreach (var range in ranges)
            all.Add(range.First, range.Last);
        return all;
    }
}
