using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations;

/// <summary>The losses that gateways told of, one document a gateway, newest last; the oldest go.</summary>
internal sealed class ToldGaps(ILiteCollection<BsonDocument> gateways)
{
    /// <summary>At most this many are kept a gateway.</summary>
    public const int Most = 100;

    public IReadOnlyList<Gap> Of(string gateway) =>
        gateways.FindById(gateway) is { } document ? [.. document["g"].AsArray.Select(g => ToGap(g.AsDocument))] : [];

    /// <summary>Adds what is not known yet.</summary>
    public void Add(string gateway, IReadOnlyList<Gap> told)
    {
        if (told.Count == 0)
            return;

        var all = Of(gateway).Concat(told).Distinct().TakeLast(Most);
        gateways.Upsert(new BsonDocument { ["_id"] = gateway, ["g"] = new BsonArray(all.Select(ToDocument)) });
    }

    private static BsonDocument ToDocument(Gap gap) =>
        new() { ["f"] = gap.First, ["l"] = gap.Last, ["n"] = gap.Readings, ["c"] = gap.Cause, ["s"] = gap.Stream };

    private static Gap ToGap(BsonDocument d) => new(d["f"].AsInt64, d["l"].AsInt64, d["n"].AsInt64, d["c"].AsString) { Stream = d["s"].AsString };
}
