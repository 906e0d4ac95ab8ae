using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// The sequences applied, a document a gateway's stream; all in memory, for they are few numbers. For one thread at a time.
/// </summary>
internal sealed class AppliedStreams
{
    private readonly ILiteCollection<BsonDocument> _documents;
    private readonly Dictionary<(string Gateway, string Stream), Applied> _streams = [];
    private readonly HashSet<(string Gateway, string Stream)> _changed = [];
    private long _turn;

    public AppliedStreams(ILiteCollection<BsonDocument> documents)
    {
        _documents = documents;
        foreach (var document in documents.FindAll())
        {
            var names = document["_id"].AsString.Split('/');
            _streams[(names[0], names[1])] = new Applied(
                document["o"].AsInt64,
                new SequenceSet(document["r"].AsArray.Chunk(2).Select(pair => new SequenceRange(pair[0].AsInt64, pair[1].AsInt64))));
        }

        _turn = _streams.Values.Select(s => s.Turn).DefaultIfEmpty().Max();
    }

    /// <summary>A stream's sequences; empty for one that nothing came in.</summary>
    public SequenceSet Of(string gateway, string stream) => new(_streams.GetValueOrDefault((gateway, stream))?.Sequences.Ranges ?? []);

    /// <summary>All streams; the one applied last stands last.</summary>
    public IReadOnlyList<AppliedStream> All() =>
        [
            .. _streams
                .OrderBy(s => s.Value.Turn)
                .Select(s => new AppliedStream(s.Key.Gateway, s.Key.Stream, new SequenceSet(s.Value.Sequences.Ranges))),
        ];

    public void Add(Batch batch)
    {
        var key = (batch.Gateway, batch.Stream);
        if (!_streams.TryGetValue(key, out var applied))
            _streams[key] = applied = new Applied(0, new SequenceSet());
        else if (applied.Sequences.Contains(batch.First, batch.Last))
            return; // applied again, a stream is no later than it was

        applied.Sequences.Add(batch.First, batch.Last);
        applied.Turn = ++_turn;
        _changed.Add(key);
    }

    /// <summary>Writes the streams that changed; they count as changed until <see cref="Written"/>.</summary>
    public void Write()
    {
        foreach (var key in _changed)
        {
            var applied = _streams[key];
            _documents.Upsert(new BsonDocument
            {
                ["_id"] = $"{key.Gateway}/{key.Stream}",
                ["o"] = applied.Turn,
                ["r"] = new BsonArray(applied.Sequences.Ranges.SelectMany(r => new BsonValue[] { r.First, r.Last })),
            });
        }
    }

    public void Written() => _changed.Clear();

    private sealed record Applied(long Turn, SequenceSet Sequences)
    {
        public long Turn { get; set; } = Turn;
    }
}
