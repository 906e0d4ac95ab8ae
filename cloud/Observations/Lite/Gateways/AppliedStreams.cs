using IotGateway.Cloud.Observations.Lite.WriteOut;
using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite.Gateways;

/// <summary>
/// The sequences applied, a document a gateway's stream; all in memory, for they are few numbers: so many streams a gateway and so many
/// ranges a stream, beyond which the oldest are forgotten. For one thread at a time.
/// </summary>
internal sealed class AppliedStreams
{
    private readonly ILiteCollection<BsonDocument> _documents;
    private readonly Dictionary<string, Dictionary<string, Applied>> _gateways = new(StringComparer.Ordinal);
    private readonly HashSet<(string Gateway, string Stream)> _changed = [];
    private long _turn;

    public AppliedStreams(ILiteCollection<BsonDocument> documents)
    {
        _documents = documents;
        foreach (var document in documents.FindAll())
        {
            var names = document["_id"].AsString.Split('/');
            Streams(names[0])[names[1]] = new Applied(
                document["o"].AsInt64,
                new SequenceSet(document["r"].AsArray.Chunk(2).Select(pair => new SequenceRange(pair[0].AsInt64, pair[1].AsInt64))));
        }

        _turn = _gateways.Values.SelectMany(s => s.Values).Select(s => s.Turn).DefaultIfEmpty().Max();
    }

    /// <summary>A stream's sequences; empty for one that nothing came in.</summary>
    public SequenceSet Of(string gateway, string stream) =>
        new(_gateways.GetValueOrDefault(gateway)?.GetValueOrDefault(stream)?.Sequences.Ranges ?? []);

    /// <summary>All streams; the one applied last stands last.</summary>
    public IReadOnlyList<AppliedStream> All() =>
        [
            .. _gateways
                .SelectMany(g => g.Value.Select(s => (Gateway: g.Key, Stream: s.Key, Applied: s.Value)))
                .OrderBy(s => s.Applied.Turn)
                .Select(s => new AppliedStream(s.Gateway, s.Stream, new SequenceSet(s.Applied.Sequences.Ranges))),
        ];

    public void Add(Batch batch)
    {
        var streams = Streams(batch.Gateway);
        if (!streams.TryGetValue(batch.Stream, out var applied))
            streams[batch.Stream] = applied = new Applied(0, new SequenceSet());
        else if (applied.Sequences.Contains(batch.First, batch.Last))
            return; // applied again, a stream is no later than it was

        AppliedStream.Add(applied.Sequences, new SequenceRange(batch.First, batch.Last));
        applied.Turn = ++_turn;
        _changed.Add((batch.Gateway, batch.Stream));
        if (streams.Count > AppliedStream.MostStreams)
            Forget(batch.Gateway, streams);
    }

    /// <summary>The streams that changed since the last time, or are forgotten.</summary>
    public DocumentChange Take()
    {
        var (changed, gone) = (new List<BsonDocument>(), new List<BsonValue>());
        foreach (var (gateway, stream) in _changed)
        {
            var id = $"{gateway}/{stream}";
            if (Streams(gateway).TryGetValue(stream, out var applied))
                changed.Add(new BsonDocument
                {
                    ["_id"] = id,
                    ["o"] = applied.Turn,
                    ["r"] = new BsonArray(applied.Sequences.Ranges.SelectMany(r => new BsonValue[] { r.First, r.Last })),
                });
            else
                gone.Add(id);
        }

        _changed.Clear();
        return new DocumentChange(_documents, [], changed, gone);
    }

    private void Forget(string gateway, Dictionary<string, Applied> streams)
    {
        var oldest = streams.MinBy(s => s.Value.Turn).Key;
        streams.Remove(oldest);
        _changed.Add((gateway, oldest));
    }

    private Dictionary<string, Applied> Streams(string gateway)
    {
        if (!_gateways.TryGetValue(gateway, out var streams))
            _gateways[gateway] = streams = new(StringComparer.Ordinal);
        return streams;
    }

    private sealed record Applied(long Turn, SequenceSet Sequences)
    {
        public long Turn { get; set; } = Turn;
    }
}
