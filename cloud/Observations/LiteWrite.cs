using System.Globalization;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations;

/// <summary>One transaction's observations: each day and series that it touches is read once and written once, however many batches touch it.</summary>
internal sealed class LiteWrite(
    ILiteCollection<BsonDocument> chunks, ILiteCollection<BsonDocument> series)
{
    /// <summary>A day with more entries is kept in twenty-four documents, so that a sensor that reports every second does not have its whole day written anew each time.</summary>
    private const int MostInADay = 512;

    private readonly Dictionary<(DeviceId Device, string Metric, DateTimeOffset Day), Touched> _days = [];
    private readonly Dictionary<(DeviceId Device, string Metric), Added> _series = [];

    /// <summary>Adds readings; nothing is written before <see cref="Flush"/>.</summary>
    public StoreResult Add(Reading[] readings)
    {
        int stored = 0, duplicates = 0, conflicts = 0;
        foreach (var reading in readings)
        {
            if (!Chunk(reading).TryAdd(reading.Time, reading.Value, reading.Quality, out var standing))
            {
                if (standing.Equals(reading.Value))
                    duplicates++;
                else
                    conflicts++;
                continue;
            }

            stored++;
            Count(reading);
        }

        return new StoreResult(stored, duplicates, conflicts);
    }

    public void Flush()
    {
        foreach (var ((device, metric, day), touched) in _days)
            Write(LiteObservations.ChunkId(device, metric, day), day, touched);
        foreach (var added in _series.Values)
            Update(added);
    }

    private DayChunk Chunk(in Reading reading)
    {
        var key = (reading.Device, reading.Metric, LiteObservations.Day(reading.Time));
        if (!_days.TryGetValue(key, out var day))
            _days[key] = day = Read(LiteObservations.ChunkId(reading.Device, reading.Metric, key.Item3));
        if (day.Whole is { } whole)
            return whole.Chunk;

        var hour = reading.Time.UtcDateTime.Hour;
        if (!day.Hours.TryGetValue(hour, out var part))
            day.Hours[hour] = part = Part.Of(chunks.FindById(HourId(LiteObservations.ChunkId(reading.Device, reading.Metric, key.Item3), hour)));
        return part.Chunk;
    }

    private Touched Read(string id)
    {
        var document = chunks.FindById(id);
        return document is not null && document.ContainsKey("s") ? new Touched(null, document["h"].AsBinary) : new Touched(Part.Of(document), []);
    }

    private void Write(string id, DateTimeOffset day, Touched touched)
    {
        if (touched.Whole is { } whole)
        {
            if (!whole.Changed)
                return;
            var split = whole.Chunk.Count > MostInADay;
            Put(whole.IsNew, new BsonDocument { ["_id"] = id, ["d"] = split ? [] : whole.Chunk.Pack(), ["h"] = DaySummary.Pack(whole.Chunk.Observations(day)) }, split);
            foreach (var (hour, chunk) in split ? whole.Chunk.ByHour() : [])
                Put(isNew: true, new BsonDocument { ["_id"] = HourId(id, hour), ["d"] = chunk.Pack() });
            return;
        }

        var summary = touched.Summary;
        foreach (var (hour, part) in touched.Hours.Where(h => h.Value.Changed))
        {
            Put(part.IsNew, new BsonDocument { ["_id"] = HourId(id, hour), ["d"] = part.Chunk.Pack() });
            summary = DaySummary.Replace(summary, hour, DaySummary.Pack(part.Chunk.Observations(day)));
        }

        Put(isNew: false, new BsonDocument { ["_id"] = id, ["d"] = Array.Empty<byte>(), ["h"] = summary }, split: true);
    }

    private void Put(bool isNew, BsonDocument document, bool split = false)
    {
        if (split)
            document["s"] = true;
        if (isNew)
            chunks.Insert(document);
        else
            chunks.Update(document);
    }

    public static string HourId(string day, int hour) => string.Create(CultureInfo.InvariantCulture, $"{day}{hour:D2}");

    private void Count(in Reading reading)
    {
        if (_series.TryGetValue((reading.Device, reading.Metric), out var added))
            added.Add(reading);
        else
            _series[(reading.Device, reading.Metric)] = new Added(reading);
    }

    private void Update(Added added)
    {
        var newest = added.Newest;
        var id = LiteObservations.SeriesId(newest.Device, newest.Metric);
        var standing = series.FindById(id);
        var document = standing ?? new BsonDocument
        {
            ["_id"] = id, ["device"] = newest.Device.ToString(), ["metric"] = newest.Metric, ["n"] = 0L, ["t"] = long.MinValue, ["f"] = long.MaxValue,
            ["u"] = Metrics.Find(newest.Metric)?.Unit ?? newest.Unit, // a reading in another unit bears Quality.UnexpectedUnit; it does not rename the series'
        };
        document["n"] = document["n"].AsInt64 + added.Readings;
        document["f"] = Math.Min(document["f"].AsInt64, added.Oldest.ToUnixTimeMilliseconds());
        if (newest.Time.ToUnixTimeMilliseconds() >= document["t"].AsInt64)
        {
            document["t"] = newest.Time.ToUnixTimeMilliseconds();
            document["v"] = newest.Value;
            document["q"] = (int)(ushort)newest.Quality; // sixteen bits, as in the chunks
        }

        if (standing is null)
            series.Insert(document);
        else
            series.Update(document);
    }

    /// <summary>A day, whole or, when it is split, by the hours that are touched and with the summary it had.</summary>
    private sealed record Touched(Part? Whole, byte[] Summary)
    {
        public Dictionary<int, Part> Hours { get; } = [];
    }

    private sealed record Part(DayChunk Chunk, int Before, bool IsNew)
    {
        public bool Changed => Chunk.Count != Before;

        public static Part Of(BsonDocument? document)
        {
            var chunk = new DayChunk(document?["d"].AsBinary ?? []);
            return new Part(chunk, chunk.Count, document is null);
        }
    }

    /// <summary>What is new of one series.</summary>
    private sealed class Added(in Reading first)
    {
        public Reading Newest { get; private set; } = first;

        public DateTimeOffset Oldest { get; private set; } = first.Time;

        public long Readings { get; private set; } = 1;

        public void Add(in Reading reading)
        {
            Readings++;
            if (reading.Time > Newest.Time)
                Newest = reading;
            if (reading.Time < Oldest)
                Oldest = reading.Time;
        }
    }
}
