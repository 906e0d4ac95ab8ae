using IotGateway.Cloud.Observations;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// The sequences of each gateway's stream that are durable here, within bounds a gateway. For the committer alone, once the catch-up has
/// filled it.
/// </summary>
internal sealed class StoredSequences(TimeProvider time)
{
    /// <summary>Streams that a gateway may begin in a day: one is begun when a disk is replaced, so a thousandth would do.</summary>
    public const int MostBegunADay = 64;

    private readonly Dictionary<string, Gateway> _gateways = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes a batch's sequences as stored, before it is; the process ends when it then cannot be.
    /// </summary>
    /// <returns>The bound of its gateway that it would pass, when it must not be stored; otherwise null.</returns>
    public string? Admit(string gateway, string stream, SequenceRange range)
    {
        var known = Of(gateway);
        if (!known.Streams.ContainsKey(stream))
        {
            var begun = known.BegunOn == Today ? known.Begun : 0;
            if (begun >= MostBegunADay)
                return "too_many_streams";
            (known.BegunOn, known.Begun) = (Today, begun + 1);
        }

        Add(known, stream, [range]);
        return null;
    }

    /// <summary>Notes what was stored before this process began.</summary>
    public void Recovered(string gateway, string stream, IReadOnlyList<SequenceRange> ranges) => Add(Of(gateway), stream, ranges);

    /// <summary>All sequences of a stream; it changes with the next batch. Empty for a stream that is not known.</summary>
    public SequenceSet Find(string gateway, string stream) =>
        _gateways.TryGetValue(gateway, out var known) && known.Streams.TryGetValue(stream, out var sequences)
        ? sequences : new SequenceSet();

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static void Add(Gateway known, string stream, IReadOnlyList<SequenceRange> ranges)
    {
        if (!known.Streams.TryGetValue(stream, out var all))
            known.Streams[stream] = all = new SequenceSet();
        known.Order.Remove(stream);
        known.Order.Add(stream);
        foreach (var range in ranges)
            AppliedStream.Add(all, range);
        if (known.Order.Count > AppliedStream.MostStreams)
        {
            known.Streams.Remove(known.Order[0]);
            known.Order.RemoveAt(0);
        }
    }

    private Gateway Of(string gateway)
    {
        if (!_gateways.TryGetValue(gateway, out var known))
            _gateways[gateway] = known = new Gateway();
        return known;
    }

    /// <summary>A gateway's streams; the one used last stands last in the order.</summary>
    private sealed class Gateway
    {
        public Dictionary<string, SequenceSet> Streams { get; } = new(StringComparer.Ordinal);

        public List<string> Order { get; } = [];

        public DateOnly BegunOn { get; set; }

        public int Begun { get; set; }
    }
}
