using System.Globalization;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations;

/// <summary>
/// The hot store: a projection of the raw lake, one document a series and day, so that a hive's month is thirty reads.
/// Storing is idempotent by a reading's identity. It is not the record: what a crash takes from it is applied again from the lake.
/// </summary>
internal sealed class LiteObservations : IObservations, IDisposable
{
    private static readonly TimeSpan MostLookedUp = TimeSpan.FromDays(400);

    /// <summary>Behind the id of a day, it sorts after those of its hours.</summary>
    private const string LastHour = "99";

    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _chunks;
    private readonly ILiteCollection<BsonDocument> _series;
    private readonly ILiteCollection<BsonDocument> _applied;
    private readonly ILiteCollection<BsonDocument> _meta;
    private readonly ToldGaps _gaps;
    private readonly Lock _write = new();
    private long _turn;

    public LiteObservations(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);

        // Binary: by default names that differ in case alone would be one, and the file would belong to the machine's culture.
        _database = new LiteDatabase(new ConnectionString { Filename = file, Connection = ConnectionType.Direct, Collation = Collation.Binary });
        _database.UtcDate = true;
        _chunks = _database.GetCollection("chunks", BsonAutoId.ObjectId);
        _series = _database.GetCollection("series");
        _series.EnsureIndex("device");
        _applied = _database.GetCollection("applied");
        _database.DropCollection("hours");
        _meta = _database.GetCollection("meta");
        _gaps = new ToldGaps(_database.GetCollection("gaps"));
        _turn = _applied.FindAll().Select(d => d["o"].AsInt64).DefaultIfEmpty().Max();
    }

    /// <summary>Observations stored, all series together.</summary>
    public long Count => _series.FindAll().Sum(d => d["n"].AsInt64);

    /// <summary>The time of the newest observation; null when there is none.</summary>
    public DateTimeOffset? Newest =>
        _series.FindAll().Select(d => d["t"].AsInt64).Cast<long?>().Max() is { } newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null;

    /// <summary>When the last batch was received that was applied from the log; null before one was.</summary>
    public DateTimeOffset? Position
    {
        get
        {
            lock (_write)
                return _meta.FindById("position") is { } document ? new DateTimeOffset(document["t"].AsInt64, TimeSpan.Zero) : null;
        }
    }

    /// <summary>Stores a batch's readings, its sequences as applied and the losses it tells of, in one transaction.</summary>
    public StoreResult Store(Batch batch) => Store([batch])[0];

    /// <summary>Stores several batches in their order, in one transaction; all or none.</summary>
    /// <param name="batches">What to store.</param>
    /// <param name="position">Up to where the log is applied with them; null leaves <see cref="Position"/> as it is.</param>
    public IReadOnlyList<StoreResult> Store(IReadOnlyList<Batch> batches, DateTimeOffset? position = null)
    {
        lock (_write)
        {
            _database.BeginTrans();
            try
            {
                if (position is { } reached)
                    _meta.Upsert(new BsonDocument { ["_id"] = "position", ["t"] = reached.UtcTicks });
                var write = new LiteWrite(_chunks, _series);
                var applied = new Dictionary<(string Gateway, string Stream), SequenceSet>();
                var results = new StoreResult[batches.Count];
                for (var i = 0; i < batches.Count; i++)
                {
                    var batch = batches[i];
                    results[i] = write.Add(batch.Readings);
                    _gaps.Add(batch.Gateway, batch.Gaps);
                    var stream = (batch.Gateway, batch.Stream);
                    if (applied.TryGetValue(stream, out var held) ? held.Contains(batch.First, batch.Last) : ReadApplied(batch.Gateway, batch.Stream).Contains(batch.First, batch.Last))
                        continue; // applied again, a stream is no later than it was
                    if (held is null)
                        applied[stream] = held = ReadApplied(batch.Gateway, batch.Stream);
                    else if (applied.Remove(stream))
                        applied[stream] = held;
                    held.Add(batch.First, batch.Last);
                }

                write.Flush();
                foreach (var (stream, sequences) in applied)
                    WriteApplied(stream.Gateway, stream.Stream, sequences);
                _database.Commit();
                return results;
            }
            catch
            {
                _database.Rollback();
                throw;
            }
        }
    }

    /// <summary>Reads through what every later use depends on; throws whatever a damaged file throws.</summary>
    public void Verify()
    {
        foreach (var stream in Streams())
            _ = Gaps(stream.Gateway);
        foreach (var series in _series.FindAll().Select(ToSeries).ToList())
        {
            if (Range(series.Device, series.Metric, series.Latest.Time, series.Latest.Time.AddMilliseconds(1)) is not [var newest] || newest != series.Latest)
            {
                throw new InvalidDataException($"The newest day of {series.Device}/{series.Metric} does not hold its newest value.");
            }
        }
    }

    /// <summary>The streams that batches came in, each with its applied sequences; the one applied last stands last.</summary>
    public IReadOnlyList<AppliedStream> Streams()
    {
        lock (_write)
        {
            return [.. _applied.FindAll().OrderBy(d => d["o"].AsInt64).Select(d => new AppliedStream(d["_id"].AsString.Split('/')[0], d["_id"].AsString.Split('/')[1], ToSet(d)))];
        }
    }

    /// <summary>The sequences of a gateway's stream that are applied.</summary>
    public SequenceSet Applied(string gateway, string stream)
    {
        lock (_write)
            return ReadApplied(gateway, stream);
    }

    /// <summary>Losses that a gateway told of, newest last; at most the last hundred.</summary>
    public IReadOnlyList<Gap> Gaps(string gateway)
    {
        lock (_write)
            return _gaps.Of(gateway);
    }

    /// <summary>Observations with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<Observation> Range(DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit = int.MaxValue)
    {
        var found = new List<Observation>();
        if (Find(device, metric) is not { } series)
            return found;

        to = to > series.Latest.Time ? series.Latest.Time.AddMilliseconds(1) : to;
        from = from < series.First ? series.First : from;
        if (from >= to)
            return found;

        foreach (var document in Chunks(device, metric, from, to))
        {
            foreach (var observation in new DayChunk(document["d"].AsBinary).Observations(DayOf(document)))
            {
                if (observation.Time < from || observation.Time >= to)
                    continue;
                found.Add(observation);
                if (found.Count == limit)
                    return found;
            }
        }

        return found;
    }

    /// <summary>See <see cref="IObservations.Buckets"/>; each hour's part was computed when it was stored.</summary>
    public IReadOnlyList<Bucket> Buckets(DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width)
    {
        if (Find(device, metric) is not { } series)
            return [];

        from = from < series.First ? HourBegin(series.First) : from;
        to = to > series.Latest.Time ? HourBegin(series.Latest.Time).AddHours(1) : to;
        if (from >= to)
            return [];

        var hours = Chunks(device, metric, from, to).Where(d => d.ContainsKey("h")).SelectMany(d => DaySummary.Read(d["h"].AsBinary, DayOf(d))).Where(h => h.From >= from && h.From < to);
        return DaySummary.Join(hours, width);
    }

    /// <summary>The series of a device with their newest values, by metric.</summary>
    public IReadOnlyList<Series> Latest(DeviceId device) =>
        [.. _series.Find(Query.EQ("device", device.ToString())).Select(ToSeries).OrderBy(s => s.Metric, StringComparer.Ordinal)];

    /// <summary>The documents of a series' days, ascending. Looked up by day, which LiteDB does several times faster than a range, unless they are too many.</summary>
    private IEnumerable<BsonDocument> Chunks(DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from > MostLookedUp)
        {
            foreach (var document in _chunks.Find(Query.Between("_id", ChunkId(device, metric, Day(from)), ChunkId(device, metric, Day(to)) + LastHour)))
                yield return document;
            yield break;
        }

        for (var day = Day(from); day <= to; day = day.AddDays(1))
        {
            var id = ChunkId(device, metric, day);
            if (_chunks.FindById(id) is not { } document)
                continue;
            yield return document;
            for (var hour = 0; hour < 24 && document.ContainsKey("s"); hour++)
            {
                if (_chunks.FindById(LiteWrite.HourId(id, hour)) is { } part)
                    yield return part;
            }
        }
    }

    /// <summary>All devices that ever reported, by name.</summary>
    public IReadOnlyList<DeviceId> Devices() =>
        [.. _series.FindAll().Select(d => d["device"].AsString).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(DeviceId.Parse)];

    /// <summary>All series, by device and metric.</summary>
    public IReadOnlyList<Series> All() => [.. _series.FindAll().Select(ToSeries).OrderBy(s => s.Device).ThenBy(s => s.Metric, StringComparer.Ordinal)];

    /// <summary>Deletes all observations of a device; see <see cref="IObservations.Erase"/>.</summary>
    public long Erase(DeviceId device)
    {
        lock (_write)
        {
            _database.BeginTrans();
            try
            {
                var count = 0L;
                foreach (var series in Latest(device))
                {
                    var all = Query.Between("_id", $"{SeriesId(device, series.Metric)}/", $"{SeriesId(device, series.Metric)}/99999999");
                    _chunks.DeleteMany(all);
                    _series.Delete(SeriesId(device, series.Metric));
                    count += series.Count;
                }

                _database.Commit();
                return count;
            }
            catch
            {
                _database.Rollback();
                throw;
            }
        }
    }

    /// <summary>Makes all that is stored durable; until then a power cut may take it.</summary>
    public void Flush() => _database.Checkpoint();

    public void Dispose() => _database.Dispose();

    Task<IReadOnlyList<StoreResult>> IObservations.Store(IReadOnlyList<Batch> batches, CancellationToken cancellation) => Task.FromResult(Store(batches));

    Task<IReadOnlyList<Series>> IObservations.Latest(DeviceId device, CancellationToken cancellation) => Task.FromResult(Latest(device));

    Task<IReadOnlyList<DeviceId>> IObservations.Devices(DeviceId? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DeviceId>>([.. Devices().Where(d => after is not { } last || d > last).Take(limit)]);

    Task<IReadOnlyList<Observation>> IObservations.Range(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        Task.FromResult(Range(device, metric, from, to, limit));

    Task<IReadOnlyList<Bucket>> IObservations.Buckets(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation) =>
        Task.FromResult(Buckets(device, metric, from, to, width));

    Task<IReadOnlyList<AppliedStream>> IObservations.Streams(CancellationToken cancellation) => Task.FromResult(Streams());

    Task<SequenceSet> IObservations.Applied(string gateway, string stream, CancellationToken cancellation) => Task.FromResult(Applied(gateway, stream));

    Task<IReadOnlyList<Gap>> IObservations.Gaps(string gateway, CancellationToken cancellation) => Task.FromResult(Gaps(gateway));

    Task<long> IObservations.Erase(DeviceId device, bool delete, CancellationToken cancellation) => Task.FromResult(delete ? Erase(device) : Left(device));

    /// <summary>Observations of a device, by its series or, where none stands, by its days.</summary>
    private long Left(DeviceId device) => Math.Max(Latest(device).Sum(s => s.Count), _chunks.LongCount(Query.Between("_id", $"{device}/", $"{device}/~")));

    private (DateTimeOffset First, Observation Latest)? Find(DeviceId device, string metric) =>
        _series.FindById(SeriesId(device, metric)) is { } d
            ? (DateTimeOffset.FromUnixTimeMilliseconds(d["f"].AsInt64), ToSeries(d).Latest)
            : null;

    private static Series ToSeries(BsonDocument d) => new(
        DeviceId.Parse(d["device"].AsString), d["metric"].AsString, d["u"].AsString, d["n"].AsInt64,
        new Observation(DateTimeOffset.FromUnixTimeMilliseconds(d["t"].AsInt64), d["v"].AsDouble, (Quality)(ushort)d["q"].AsInt32));

    private SequenceSet ReadApplied(string gateway, string stream)
    {
        var document = _applied.FindById($"{gateway}/{stream}");
        return document is null ? new SequenceSet() : ToSet(document);
    }

    private static SequenceSet ToSet(BsonDocument document) =>
        new(document["r"].AsArray.Chunk(2).Select(pair => new SequenceRange(pair[0].AsInt64, pair[1].AsInt64)));

    private void WriteApplied(string gateway, string stream, SequenceSet applied) => _applied.Upsert(new BsonDocument
    {
        ["_id"] = $"{gateway}/{stream}",
        ["o"] = ++_turn,
        ["r"] = new BsonArray(applied.Ranges.SelectMany(r => new BsonValue[] { r.First, r.Last })),
    });

    internal static string SeriesId(DeviceId device, string metric) => $"{device}/{metric}";

    internal static string ChunkId(DeviceId device, string metric, DateTimeOffset day) =>
        string.Create(CultureInfo.InvariantCulture, $"{device}/{metric}/{day:yyyyMMdd}");

    internal static DateTimeOffset Day(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

    private static DateTimeOffset DayOf(BsonDocument chunk) =>
        DateTimeOffset.ParseExact(chunk["_id"].AsString.AsSpan(chunk["_id"].AsString.LastIndexOf('/') + 1, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset HourBegin(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / 3600 * 3600);
}
