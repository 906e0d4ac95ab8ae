using IotGateway.Cloud.Observations.Lite.WriteOut;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite.Gateways;

/// <summary>
/// The contests of each gateway that sent the later value, one document a gateway, newest last; the oldest go. For one thread at a time.
/// </summary>
internal sealed class Contests
{
    /// <summary>At most this many are kept a gateway.</summary>
    private const int Most = 100;

    private readonly ILiteCollection<BsonDocument> _documents;
    private readonly Dictionary<string, Queue<Contest>> _contests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public Contests(ILiteCollection<BsonDocument> documents)
    {
        _documents = documents;
        foreach (var document in documents.FindAll())
            _contests[document["_id"].AsString] = new(document["c"].AsArray.Select(c => ToContest(c.AsArray)));
    }

    public IReadOnlyList<Contest> Of(string gateway) => _contests.TryGetValue(gateway, out var contests) ? [.. contests] : [];

    public void Add(string gateway, Contest contest)
    {
        if (!_contests.TryGetValue(gateway, out var contests))
            _contests[gateway] = contests = [];
        contests.Enqueue(contest);
        if (contests.Count > Most)
            contests.Dequeue();
        _changed.Add(gateway);
    }

    /// <summary>Takes a device's contests out.</summary>
    public void Remove(DeviceId device)
    {
        foreach (var gateway in _contests.Where(c => c.Value.Any(v => v.Device == device)).Select(c => c.Key).ToList())
        {
            _contests[gateway] = new(_contests[gateway].Where(c => c.Device != device));
            _changed.Add(gateway);
        }
    }

    /// <summary>The gateways of which something changed since the last time.</summary>
    public DocumentChange Take()
    {
        var change = new DocumentChange(
            _documents,
            [.. _changed.Select(g => new BsonDocument { ["_id"] = g, ["c"] = new BsonArray(_contests[g].Select(ToArray)) })]);
        _changed.Clear();
        return change;
    }

    private static BsonArray ToArray(Contest c) =>
        [c.Device.ToString(), c.Metric, c.Time.ToUnixTimeMilliseconds(), c.Standing, c.Told];

    private static Contest ToContest(BsonArray c) => new(
        DeviceId.Parse(c[0].AsString), c[1].AsString, DateTimeOffset.FromUnixTimeMilliseconds(c[2].AsInt64), c[3].AsDouble, c[4].AsDouble);
}
