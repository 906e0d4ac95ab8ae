using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// The parts that were used last, in memory; what is not here is in the file as it is. Two generations: when the young one is full the old
/// one goes, but for what the file does not have yet. For one thread at a time.
/// </summary>
internal sealed class PartCache(ILiteCollection<BsonDocument> documents, long mostBytes)
{
    private Dictionary<long, DevicePart> _young = [];
    private Dictionary<long, DevicePart> _old = [];
    private long _youngBytes;

    /// <summary>A part; null when there is none.</summary>
    public DevicePart? Find(PartKey key)
    {
        if (InMemory(key) is { } known)
            return known;
        if (documents.FindById(key.Value) is not { } document)
            return null;
        var part = DevicePart.From(key, document);
        Keep(part);
        return part;
    }

    /// <summary>A part, made when there is none.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="isNew">The file is known to have none, so that it is not asked: that costs more than to store a reading.</param>
    public DevicePart FindOrMake(PartKey key, bool isNew = false)
    {
        if ((isNew ? InMemory(key) : Find(key)) is { } found)
            return found;
        var part = new DevicePart(key, isNew: true);
        Keep(part);
        return part;
    }

    /// <summary>The days a device has between two keys, in the file or in memory, ascending.</summary>
    public IEnumerable<PartKey> Days(PartKey first, PartKey last) => documents.Query()
        .Where("_id BETWEEN @0 AND @1", first.Value, last.Value).Select("_id").ToEnumerable().Select(d => d["_id"].AsInt64)
        .Concat(_young.Keys).Concat(_old.Keys)
        .Where(k => k >= first.Value && k <= last.Value && new PartKey(k).IsDay).Distinct().Order().Select(k => new PartKey(k));

    /// <summary>Notes that parts have grown.</summary>
    public void Grew(int bytes) => _youngBytes += bytes;

    /// <summary>Forgets what lies between two keys.</summary>
    public void Forget(long first, long last)
    {
        foreach (var generation in (Dictionary<long, DevicePart>[])[_young, _old])
        {
            foreach (var key in generation.Keys.Where(k => k >= first && k <= last).ToList())
                generation.Remove(key);
        }
    }

    private DevicePart? InMemory(PartKey key)
    {
        if (!_young.TryGetValue(key.Value, out var part) && _old.Remove(key.Value, out part))
            Keep(part);
        return part;
    }

    private void Keep(DevicePart part)
    {
        if (_youngBytes > mostBytes / 2)
            TurnOver();
        _young[part.Key.Value] = part;
        _youngBytes += part.Bytes;
    }

    private void TurnOver()
    {
        var kept = _old.Values.Where(p => p.IsUnwritten).ToList();
        (_old, _young, _youngBytes) = (_young, [], 0);
        foreach (var part in kept)
        {
            _young[part.Key.Value] = part;
            _youngBytes += part.Bytes;
        }
    }
}
