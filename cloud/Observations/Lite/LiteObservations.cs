using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Observations.Lite.Gateways;
using IotGateway.Cloud.Observations.Lite.WriteOut;
using IotGateway.Storage.Documents;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>
/// The hot store: a projection of the raw lake, one document a device and day, so that a hive's month is thirty reads.
/// What was stored last is in memory and is written out every so often, while more is stored: what a crash takes is applied
/// again from the lake's log. Storing is idempotent by a reading's identity.
/// </summary>
internal sealed class LiteObservations : IObservations, IDisposable
{
    /// <summary>With more than this not written yet, storing begins to write it out, and waits for what was begun before.</summary>
    private const long MostUnwrittenBytes = 8 * 1024 * 1024;

    private const int MostUnwrittenReadings = 512 * 1024;

    /// <summary>
    /// Each is a document, and to write it costs more than to store its readings: it waits for more of them, which then share its writing.
    /// </summary>
    private const int MostUnwrittenParts = 8 * 1024;

    /// <summary>With more than this in memory alone, those that are being written among them, storing waits for the next slice.</summary>
    private const int MostPartsInMemoryAlone = 16 * 1024;

    private static readonly TimeSpan MostLookedUp = TimeSpan.FromDays(400);

    private readonly DocumentFile _file;
    private readonly ILiteCollection<BsonDocument> _documents;
    private readonly ILiteCollection<BsonDocument> _meta;
    private readonly PartCache _parts;
    private readonly SeriesIndex _series;
    private readonly AppliedStreams _applied;
    private readonly ToldGaps _gaps;
    private readonly Contests _contests;
    private readonly LiteWrite _write;

    /// <summary>Held by the one who stores or begins to write out; taken before <see cref="_gate"/>.</summary>
    private readonly Lock _writing = new();

    /// <summary>Held by whoever uses what is in memory. Not while a change is written to the file.</summary>
    private readonly Lock _gate = new();

    private readonly string _path;
    private readonly DamagedStores? _damaged;
    private DateTimeOffset? _position;
    private readonly WriteBehind _behind;
    private long _unwritten;
    private bool _failed;

    /// <param name="file">The file; made when it is absent.</param>
    /// <param name="cacheBytes">About how much of what was used last is kept in memory.</param>
    /// <param name="damaged">Told when a use failed for another reason than the disk's: the file is damaged, or may be.</param>
    public LiteObservations(string file, long cacheBytes = 32 * 1024 * 1024, DamagedStores? damaged = null)
    {
        (_path, _damaged) = (file, damaged);
        _file = new DocumentFile(file);
        try
        {
            _documents = _file.Collection("parts");
            _parts = new PartCache(_documents, cacheBytes);
            _series = new SeriesIndex(_file.Collection("devices"));
            _applied = new AppliedStreams(_file.Collection("applied"));
            _gaps = new ToldGaps(_file.Collection("gaps"));
            _contests = new Contests(_file.Collection("contests"));
            _write = new LiteWrite(_parts, _series, _contests);
            _meta = _file.Collection("meta");
            _behind = new WriteBehind(_file);
            _position = _meta.FindById("position") is { } reached ? new DateTimeOffset(reached["t"].AsInt64, TimeSpan.Zero) : null;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Observations stored, all series together.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
                return _series.Count;
        }
    }

    /// <summary>Time of arrival of the last batch that was applied from the log; null before one was.</summary>
    public DateTimeOffset? Position
    {
        get
        {
            lock (_gate)
                return _position;
        }
    }

    /// <summary>Stores several batches in their order; all or none.</summary>
    /// <param name="batches">What to store.</param>
    /// <param name="position">Up to where the log is applied with them; null leaves <see cref="Position"/> as it is.</param>
    public IReadOnlyList<StoreResult> Store(IReadOnlyList<Batch> batches, DateTimeOffset? position = null)
    {
        foreach (var batch in batches)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.First, batch.Last, nameof(batches));

        lock (_writing)
        {
            Usable();
            var results = new StoreResult[batches.Count];
            for (var i = 0; i < results.Length; i++)
            {
                _failed = true; // half a batch is no state that may be written
                results[i] = Add(batches[i]);
                _failed = false;
                if (_write.ChangedParts > MostUnwrittenParts)
                    WriteOut();
                while (_behind.Parts > 0 && _behind.Parts + _write.ChangedParts > MostPartsInMemoryAlone)
                    _behind.WaitForOne();
            }

            lock (_gate)
                _position = position ?? _position;
            if (_unwritten > MostUnwrittenReadings || _write.ChangedBytes > MostUnwrittenBytes)
            {
                _behind.Wait();
                WriteOut();
            }

            return results;
        }
    }

    /// <summary>Writes out what is in memory alone; all that was stored is durable once it returns.</summary>
    public void Flush()
    {
        lock (_writing)
        {
            Usable();
            if (_unwritten > 0)
                WriteOut();
        }

        // Without the lock: more may be stored meanwhile.
        _behind.Wait();
    }

    /// <summary>Begins to write out what is in memory alone, behind what was begun before.</summary>
    private void WriteOut()
    {
        _behind.Add(Take());
        _unwritten = 0;
    }

    /// <summary>Takes what is to be written; the last slice alone says how far the log is applied.</summary>
    private List<Slice> Take()
    {
        lock (_gate)
        {
            _failed = true;
            var slices = _write.Take(_documents, Written);
            DocumentChange[] rest =
            [
                _series.Take(int.MaxValue), _applied.Take(), _gaps.Take(), _contests.Take(),
                new DocumentChange(
                    _meta,
                    _position is { } reached ? [new BsonDocument { ["_id"] = "position", ["t"] = reached.UtcTicks }] : []),
            ];
            if (slices.Count == 0)
                slices.Add(new Slice(rest, 0, () => { }));
            else
                slices[^1] = slices[^1] with { Changes = [.. slices[^1].Changes, .. rest] };
            _failed = false;
            return slices;
        }
    }

    private void Written(List<DevicePart> parts)
    {
        lock (_gate)
            parts.ForEach(p => p.Written());
    }

    /// <summary>The streams that batches came in, each with its applied sequences; the one applied last stands last.</summary>
    public IReadOnlyList<AppliedStream> Streams()
    {
        lock (_gate)
            return _applied.All();
    }

    /// <summary>The sequences of a gateway's stream that are applied.</summary>
    public SequenceSet Applied(string gateway, string stream)
    {
        lock (_gate)
            return _applied.Of(gateway, stream);
    }

    /// <summary>Losses that a gateway told of, newest last; at most the last hundred.</summary>
    public IReadOnlyList<Gap> Gaps(string gateway)
    {
        lock (_gate)
            return _gaps.Of(gateway);
    }

    /// <summary>Contests of a gateway that sent the later value, newest last; at most the last hundred.</summary>
    public IReadOnlyList<Contest> Contests(string gateway)
    {
        lock (_gate)
            return _contests.Of(gateway);
    }

    /// <summary>
    /// Observations with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    public IReadOnlyList<Observation> Range(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit = int.MaxValue)
    {
        var found = new List<Observation>();
        if (Find(device, metric) is not var (number, first, latest))
            return found;

        to = to > latest ? latest.AddMilliseconds(1) : to;
        from = from < first ? first : from;
        if (from >= to)
            return found;

        foreach (var day in Days(number, from, to))
        {
            lock (_gate)
            {
                foreach (var part in PartsOf(day, from, to))
                {
                    if (part.Series.TryGetValue(metric, out var chunk))
                        chunk.CopyTo(found, day.Day, from, to, limit);
                }
            }

            if (found.Count >= limit)
                break;
        }

        return found;
    }

    /// <summary>
    /// See <see cref="IObservations.BucketsAsync"/>; of days with many observations each hour's part was computed when it was written.
    /// </summary>
    public IReadOnlyList<Bucket> Buckets(DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width)
    {
        if (Find(device, metric) is not var (number, first, latest))
            return [];

        from = from < first ? HourBegin(first) : from;
        to = to > latest ? HourBegin(latest).AddHours(1) : to;
        if (from >= to)
            return [];

        var hours = new List<Bucket>();
        foreach (var day in Days(number, from, to))
        {
            lock (_gate)
                hours.AddRange(DaySummary.Read(Summary(day, metric), day.Day));
        }

        return DaySummary.Join(hours.Where(h => h.From >= from && h.From < to), width);
    }

    /// <summary>The series of a device with their newest values, by metric.</summary>
    public IReadOnlyList<Series> Latest(DeviceId device)
    {
        lock (_gate)
            return _series.Find(device)?.Latest() ?? [];
    }

    /// <summary>Deletes all observations of a device; see <see cref="IObservations.EraseAsync"/>.</summary>
    public long Erase(DeviceId device)
    {
        lock (_writing)
        {
            Flush();
            lock (_gate)
            {
                if (_series.Find(device) is not { } known)
                    return 0;
                var (first, last) = PartKey.All(known.Number);
                _failed = true;
                _series.Remove(known);
                _contests.Remove(device);
                _parts.Forget(first, last);
                _file.Change(() =>
                {
                    _documents.DeleteMany(Query.Between("_id", first, last));
                    _series.Take(int.MaxValue).Write();
                    _contests.Take().Write();
                });
                _failed = false;
                return known.Series.Values.Sum(s => s.Count);
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            try
            {
                if (!_failed && !_behind.HasFailed)
                    Flush();
            }
            finally
            {
                _failed = true;
                _behind.End();
                _file.Dispose();
            }
        }
    }

    long? IObservations.Count => Count;

    DateTimeOffset? IObservations.Position => Position ?? DateTimeOffset.MinValue;

    Task<IReadOnlyList<StoreResult>> IObservations.StoreAsync(
        IReadOnlyList<Batch> batches, DateTimeOffset? position, CancellationToken cancellation) =>
        Task.FromResult(Use(() => Store(batches, position)));

    Task IObservations.FlushAsync(CancellationToken cancellation) => Task.FromResult(Use(() =>
    {
        Flush();
        return true;
    }));

    Task<IReadOnlyList<Series>> IObservations.LatestAsync(DeviceId device, CancellationToken cancellation) =>
        Task.FromResult(Latest(device));

    Task<IReadOnlyList<DeviceId>> IObservations.DevicesAsync(DeviceId? after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<DeviceId>>(
                [.. _series.Devices.Select(d => d.Id).Where(d => after is not { } last || d > last).Order().Take(limit)]);
    }

    Task<IReadOnlyList<Observation>> IObservations.RangeAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation) =>
        Task.FromResult(Use(() => Range(device, metric, from, to, limit)));

    Task<IReadOnlyList<Bucket>> IObservations.BucketsAsync(
        DeviceId device, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width, CancellationToken cancellation) =>
        Task.FromResult(Use(() => Buckets(device, metric, from, to, width)));

    Task<IReadOnlyList<AppliedStream>> IObservations.StreamsAsync(CancellationToken cancellation) => Task.FromResult(Streams());

    Task<SequenceSet> IObservations.AppliedAsync(string gateway, string stream, CancellationToken cancellation) =>
        Task.FromResult(Applied(gateway, stream));

    Task<IReadOnlyList<Gap>> IObservations.GapsAsync(string gateway, CancellationToken cancellation) => Task.FromResult(Gaps(gateway));

    Task<IReadOnlyList<Contest>> IObservations.ContestsAsync(string gateway, CancellationToken cancellation) =>
        Task.FromResult(Contests(gateway));

    Task<long> IObservations.EraseAsync(DeviceId device, bool delete, CancellationToken cancellation) =>
        Task.FromResult(Use(() => delete ? Erase(device) : Left(device)));

    Task<long?> IObservations.ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation) =>
        Task.FromResult<long?>(null);

    /// <summary>
    /// Observations of a device; of one that is not known, the parts in the file that are of no known device, for one of them may be its.
    /// </summary>
    private long Left(DeviceId device)
    {
        lock (_gate)
        {
            return _series.Find(device) is { } known
                ? known.Series.Values.Sum(s => s.Count)
                : _documents.Query().Select("_id").ToEnumerable().Count(d => !_series.Knows(new PartKey(d["_id"].AsInt64).Device));
        }
    }

    private StoreResult Add(Batch batch)
    {
        lock (_gate)
        {
            var result = AddReadings(batch);
            _gaps.Add(batch.Gateway, batch.Gaps);
            _applied.Add(batch);
            _unwritten += 1 + result.Stored;
            return result;
        }
    }

    /// <summary>
    /// A batch is acknowledged by now: whatever it holds that nothing here can take, the others go on. It stays in the record.
    /// </summary>
    private StoreResult AddReadings(Batch batch)
    {
        try
        {
            return _write.Add(batch.Gateway, batch.Readings);
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or FormatException)
        {
            return new StoreResult(0, 0, 0, batch.Readings.Length);
        }
    }

    /// <summary>A full disk is no fault of the file; anything else may be, and the log and the raw lake have it all.</summary>
    private T Use<T>(Func<T> use) => _damaged is null ? use() : _damaged.Use(_path, use);

    private void Usable()
    {
        if (_failed)
            throw new IOException(
                "The hot store failed while it was written, or is closed; it is put right when it is opened anew.");
        if (_behind.HasFailed)
            _behind.Wait();
    }

    private (int Number, DateTimeOffset First, DateTimeOffset Latest)? Find(DeviceId device, string metric)
    {
        lock (_gate)
            return _series.Find(device) is { } known && known.Series.TryGetValue(metric, out var series)
                ? (known.Number, series.First, series.Latest.Time)
                : null;
    }

    /// <summary>Days that may hold something, ascending. All of them, to be looked up one by one, unless they are too many.</summary>
    private IEnumerable<PartKey> Days(int device, DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from > MostLookedUp)
        {
            lock (_gate)
                return [.. _parts.Days(PartKey.OfDay(device, from), PartKey.OfDay(device, to))];
        }

        return Enumerable.Range(0, (int)((to.UtcDateTime.Date - from.UtcDateTime.Date).Ticks / TimeSpan.TicksPerDay) + 1)
            .Select(day => PartKey.OfDay(device, from.AddDays(day)));
    }

    private IEnumerable<DevicePart> PartsOf(PartKey key, DateTimeOffset from, DateTimeOffset to)
    {
        if (_parts.Find(key) is not { } day)
            yield break;
        if (!day.IsByHour)
            yield return day;
        for (var hour = 0; hour < 24 && day.IsByHour; hour++)
        {
            if (key.Day.AddHours(hour + 1) > from && key.Day.AddHours(hour) < to && _parts.Find(key.Hour(hour)) is { } part)
                yield return part;
        }
    }

    private byte[] Summary(PartKey key, string metric)
    {
        if (_parts.Find(key) is not { } day)
            return [];
        if (!day.IsByHour)
            return day.Series.TryGetValue(metric, out var chunk) ? DaySummary.Pack(chunk.Observations(key.Day)) : [];
        _write.Summarise(day);
        return day.Summary(metric);
    }

    private static DateTimeOffset HourBegin(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / 3600 * 3600);
}
