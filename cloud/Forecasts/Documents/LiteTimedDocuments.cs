using System.Collections.Concurrent;
using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Sites;
using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Forecasts.Documents;

/// <summary>Timed documents in a file of this process, one LiteDB document each, keyed by subject, series and time.</summary>
internal sealed class LiteTimedDocuments(string file, DamagedStores? damaged = null) : ITimedDocuments, IDisposable
{
    /// <summary>Sorts behind every time.</summary>
    private const string End = ":";

    private readonly WatchedDocuments _documents = new(file, "said", damaged);
    private readonly ConcurrentDictionary<string, TimedDocument?> _newest = new(StringComparer.Ordinal);
    private readonly Lock _write = new();

    /// <summary>
    /// Opens the file; a damaged one is set aside under a new name and a new one begun, so that the last month is judged again.
    /// </summary>
    public static LiteTimedDocuments Open(string file, TimeProvider time, ILogger<LiteTimedDocuments> log, DamagedStores? damaged = null) =>
        DamagedFile.Replace(file, () => new LiteTimedDocuments(file, damaged), time, (reason, aside) => log.SetAside(file, reason, aside));

    public Task<int> AddAsync(SubjectId subject, string series, IReadOnlyList<TimedDocument> documents, CancellationToken cancellation) =>
        Task.FromResult(Changing(() => _documents.Change(kept =>
        {
            var added = 0;
            foreach (var document in documents)
            {
                var id = Id(subject, series, document.Time);
                if (kept.FindById(id) is not null)
                    continue;
                kept.Insert(new BsonDocument
                {
                    ["_id"] = id,
                    ["t"] = document.Time.ToUnixTimeMilliseconds(),
                    ["d"] = new BsonArray(document.Devices.Select(d => new BsonValue(d.ToString()))),
                    ["j"] = document.Json,
                });
                added++;
            }

            return added;
        })));

    public Task<TimedDocument?> NewestAsync(SubjectId subject, string series, CancellationToken cancellation)
    {
        var prefix = Prefix(subject, series);
        if (_newest.TryGetValue(prefix, out var known))
            return Task.FromResult(known);

        // Not while a change is made: what was the newest before it would be remembered behind it.
        lock (_write)
            return Task.FromResult(_newest.GetOrAdd(prefix, p => _documents.Read(kept => FindNewest(kept, p))));
    }

    public Task<IReadOnlyList<TimedDocument>> RangeAsync(
        SubjectId subject, string series, DateTimeOffset from, DateTimeOffset to, int limit,
        CancellationToken cancellation) => Task.FromResult(_documents.Read<IReadOnlyList<TimedDocument>>(kept =>
        [
            .. kept
                .Query()
                .Where(Between(Id(subject, series, from), Id(subject, series, to)))
                .OrderBy("_id")
                .Limit(limit)
                .ToEnumerable()
                .Select(Read),
        ]));

    public Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation) =>
        Task.FromResult(Changing(() => _documents.Remove(device, delete)));

    public Task<long> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation) =>
        Task.FromResult(Changing(() => _documents.Remove(d => d["t"].AsInt64 < before.ToUnixTimeMilliseconds(), delete)));

    public void Dispose() => _documents.Dispose();

    /// <summary>Makes a change, by which the newest of each series is forgotten.</summary>
    private T Changing<T>(Func<T> change)
    {
        lock (_write)
        {
            var changed = change();
            _newest.Clear();
            return changed;
        }
    }

    private static TimedDocument? FindNewest(ILiteCollection<BsonDocument> kept, string prefix) =>
        kept.Query().Where(Between(prefix, prefix + End)).OrderByDescending("_id").FirstOrDefault() is { } found ? Read(found) : null;

    private static TimedDocument Read(BsonDocument document) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(document["t"].AsInt64), [.. document["d"].AsArray.Select(d => DeviceId.Parse(d.AsString))],
        document["j"].AsBinary);

    private static BsonExpression Between(string from, string to) => Query.And(Query.GTE("_id", from), Query.LT("_id", to));

    private static string Prefix(SubjectId subject, string series) => $"{subject}|{series}|";

    /// <summary>Milliseconds since 1970 in fifteen digits, so that text order is time order; a part of one counts up.</summary>
    private static string Id(SubjectId subject, string series, DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix(subject, series)}{Math.Max(0, Math.Ceiling((time - DateTimeOffset.UnixEpoch).TotalMilliseconds)):000000000000000}");
}
