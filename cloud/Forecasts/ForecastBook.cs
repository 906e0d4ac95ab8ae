using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace IotGateway.Cloud.Forecasts;

/// <summary>Every run's answer, one document a hive and hour, never rewritten: what was said then stays what was said then.</summary>
internal sealed class ForecastBook : IDisposable
{
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _runs;
    private readonly ConcurrentDictionary<string, HiveRisk?> _newest = new(StringComparer.Ordinal);
    private readonly Lock _write = new();

    public ForecastBook(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        _database = new LiteDatabase(new ConnectionString { Filename = file, Connection = ConnectionType.Direct });
        _runs = _database.GetCollection("runs");
    }

    /// <summary>Opens the book; a damaged one is set aside under a new name and a new one begun, so that the last month is judged again.</summary>
    public static ForecastBook Open(string file, TimeProvider time, ILogger<ForecastBook> log)
    {
        ForecastBook? book = null;
        try
        {
            book = new ForecastBook(file);
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
            return new ForecastBook(file);
        }
    }

    /// <summary>Adds a hive's runs in one transaction; an hour that has one keeps it.</summary>
    /// <returns>How many were new.</returns>
    public int Add(string hive, IReadOnlyList<HiveRisk> runs)
    {
        var added = 0;
        lock (_write)
        {
            _database.BeginTrans();
            try
            {
                foreach (var run in runs)
                {
                    if (_runs.FindById(Id(hive, run.AsOf)) is not null)
                        continue;
                    _runs.Insert(new BsonDocument
                    {
                        ["_id"] = Id(hive, run.AsOf), ["r"] = JsonSerializer.SerializeToUtf8Bytes(run, ForecastJson.Default.HiveRisk),
                    });
                    added++;
                }

                _database.Commit();
            }
            catch
            {
                _database.Rollback();
                throw;
            }

            _newest.TryRemove(hive, out _);
        }

        return added;
    }

    /// <summary>The newest run of a hive; null before its first.</summary>
    public HiveRisk? Newest(string hive) => _newest.GetOrAdd(hive, FindNewest);

    /// <summary>A hive's runs with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<HiveRisk> Range(string hive, DateTimeOffset from, DateTimeOffset to, int limit = int.MaxValue) =>
        [.. _runs.Query().Where(Query.And(Query.GTE("_id", Id(hive, from)), Query.LT("_id", Id(hive, to)))).OrderBy("_id").Limit(limit).ToEnumerable().Select(Read)];

    public void Dispose() => _database.Dispose();

    private HiveRisk? FindNewest(string hive) =>
        _runs.Query().Where(Query.Between("_id", Id(hive, DateTimeOffset.UnixEpoch), Id(hive, DateTimeOffset.MaxValue))).OrderByDescending("_id").FirstOrDefault() is { } found
            ? Read(found)
            : null;

    private static HiveRisk Read(BsonDocument document) => JsonSerializer.Deserialize(document["r"].AsBinary, ForecastJson.Default.HiveRisk)!;

    /// <summary>Hours since 1970 in ten digits, so that text order is time order.</summary>
    private static string Id(string hive, DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{hive}/{Math.Max(0, (long)Math.Ceiling(time.ToUnixTimeMilliseconds() / 3_600_000.0)):0000000000}");
}
