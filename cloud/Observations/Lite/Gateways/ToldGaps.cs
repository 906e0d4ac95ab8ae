using IotGateway.Cloud.Observations.Lite.WriteOut;
using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite.Gateways;

/// <summary>The losses that gateways told of, one document a gateway, newest last; the oldest go. For one thread at a time.</summary>
internal sealed class ToldGaps
{
    /// <summary>At most this many are kept a gateway.</summary>
    public const int Most = 100;

    private readonly ILiteCollection<BsonDocument> _documents;
    private readonly Dictionary<string, Gap[]> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public ToldGaps(ILiteCollection<BsonDocument> documents)
    {
        _documents = documents;
        foreach (var document in documents.FindAll())
            _told[document["_id"].AsString] = [.. document["g"].AsArray.Select(g => ToGap(g.AsDocument))];
    }

    public IReadOnlyList<Gap> Of(string gateway) => _told.GetValueOrDefault(gateway, []);

    /// <summary>Adds what is not known yet.</summary>
    public void Add(string gateway, IReadOnlyList<Gap> told)
    {
        if (told.Count == 0)
            return;

        _told[gateway] = [.. Of(gateway).Concat(told).Distinct().TakeLast(Most)];
        _changed.Add(gateway);
    }

    /// <summary>The gateways of which something changed since the last time.</summary>
    public DocumentChange Take()
    {
        var change = new DocumentChange(
            _documents, [.. _changed.Select(g => new BsonDocument { ["_id"] = g, ["g"] = new BsonArray(_told[g].Select(ToDocument)) })]);
        _changed.Clear();
        return change;
    }

    private static BsonDocument ToDocument(Gap gap) =>
        new() { ["f"] = gap.First, ["l"] = gap.Last, ["n"] = gap.Readings, ["c"] = gap.Cause, ["s"] = gap.Stream };

    private static Gap ToGap(BsonDocument d) => new(d["f"].AsInt64, d["l"].AsInt64, d["n"].AsInt64, d["c"].AsString)
    {
        Stream = d["s"].AsString,
    };
}
