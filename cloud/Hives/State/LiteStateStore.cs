using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Telemetry;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace IotGateway.Cloud.Hives.State;

/// <summary>The book as a file of this process, one document a device and hour.</summary>
internal sealed class LiteStateStore : IStateStore, IDisposable
{
    /// <summary>Sorts behind every hour.</summary>
    private const string End = ":";

    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _runs;
    private readonly ConcurrentDictionary<DeviceId, HiveState?> _newest = [];
    private readonly Lock _write = new();

    public LiteStateStore(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        _database = new LiteDatabase(new ConnectionString { Filename = file, Connection = ConnectionType.Direct, Collation = Collation.Binary });
        _runs = _database.GetCollection("said");
    }

    /// <summary>Opens the book; a damaged one is set aside under a new name and a new one begun, so that the last month is judged again.</summary>
    public static LiteStateStore Open(string file, TimeProvider time, ILogger<LiteStateStore> log)
    {
        LiteStateStore? book = null;
        try
        {
            book = new LiteStateStore(file);
            book._runs.Count();
            return book;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or UnauthorizedAccessException))
        {
            // A damaged LiteDB file fails in any way, a null reference among them.
            book?.Dispose();
            var aside = string.Create(CultureInfo.InvariantCulture, $"{file}.{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}.aside");
            File.Move(file, aside);
            File.Delete(Path.ChangeExtension(file, null) + "-log" + Path.GetExtension(file));
            log.SetAside(file, e.Message, aside);
            return new LiteStateStore(file);
        }
    }

    /// <summary>Adds a device's runs in one transaction; an hour that has one keeps it.</summary>
    /// <returns>How many were new.</returns>
    public int Add(DeviceId device, IReadOnlyList<HiveState> runs) => Write(() =>
    {
        var added = 0;
        foreach (var run in runs)
        {
            if (_runs.FindById(Id(device, run.AsOf)) is not null)
                continue;
            _runs.Insert(new BsonDocument { ["_id"] = Id(device, run.AsOf), ["r"] = JsonSerializer.SerializeToUtf8Bytes(run, StateJson.Default.HiveState) });
            added++;
        }

        _newest.TryRemove(device, out _);
        return added;
    });

    /// <summary>The newest run; null before the first.</summary>
    public HiveState? Newest(DeviceId device) => _newest.GetOrAdd(device, FindNewest);

    Task<int> IStateStore.AddAsync(DeviceId device, IReadOnlyList<HiveState> runs, CancellationToken cancellation) => Task.FromResult(Add(device, runs));

    Task<HiveState?> IStateStore.NewestAsync(DeviceId device, CancellationToken cancellation) => Task.FromResult(Newest(device));

    public Task<IReadOnlyList<HiveState>> RangeAsync(DeviceId device, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<HiveState>>(
        [.. _runs.Query().Where(Between(Id(device, from), Id(device, to))).OrderBy("_id").Limit(limit).ToEnumerable().Select(Read)]);

    public Task<long> ForgetAsync(DeviceId device, DateTimeOffset before, bool delete, CancellationToken cancellation) => Task.FromResult(Write(() =>
    {
        var those = Between($"{device}/", before == DateTimeOffset.MaxValue ? $"{device}/{End}" : Id(device, before));
        _newest.TryRemove(device, out _);
        return delete ? _runs.DeleteMany(those) : _runs.LongCount(those);
    }));

    public void Dispose() => _database.Dispose();

    private T Write<T>(Func<T> act)
    {
        lock (_write)
        {
            _database.BeginTrans();
            try
            {
                var result = act();
                _database.Commit();
                return result;
            }
            catch
            {
                _database.Rollback();
                throw;
            }
        }
    }

    private HiveState? FindNewest(DeviceId device) =>
        _runs.Query().Where(Between($"{device}/", $"{device}/{End}")).OrderByDescending("_id").FirstOrDefault() is { } found ? Read(found) : null;

    private static HiveState Read(BsonDocument document) => JsonSerializer.Deserialize(document["r"].AsBinary, StateJson.Default.HiveState)!;

    private static BsonExpression Between(string from, string to) => Query.And(Query.GTE("_id", from), Query.LT("_id", to));

    /// <summary>Hours since 1970 in ten digits, so that text order is time order.</summary>
    private static string Id(DeviceId device, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{device}/{Math.Max(0, (long)Math.Ceiling(time.ToUnixTimeMilliseconds() / 3_600_000.0)):0000000000}");
}
