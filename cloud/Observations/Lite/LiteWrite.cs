using IotGateway.Cloud.Observations.Lite.Gateways;
using IotGateway.Cloud.Observations.Lite.WriteOut;
using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>Puts readings into the parts they belong to, in memory. For one thread at a time.</summary>
internal sealed class LiteWrite(PartCache parts, SeriesIndex index, Contests contests)
{
    /// <summary>
    /// A day with more entries is kept by the hour, so that a sensor that reports every second does not have its whole day written anew
    /// each time.
    /// </summary>
    private const int MostInADay = 2048;

    /// <summary>
    /// The most series of a device, and the most values of a series in one part: more than four a second for an hour. Beyond, a part would
    /// cost more to write than all that came of it, and at last be too large for a document.
    /// </summary>
    private const int MostSeries = 512;
    private const int MostOfASeries = 16 * 1024;
    private const int MostInAPart = 128 * 1024;

    /// <summary>So many documents take about a tenth of a second to write.</summary>
    private const int SliceParts = 1024;

    private List<DevicePart> _changed = [];

    /// <summary>Number of parts that changed since the last <see cref="Take"/>.</summary>
    public int ChangedParts => _changed.Count;

    /// <summary>About what they take in memory.</summary>
    public long ChangedBytes { get; private set; }

    public StoreResult Add(string gateway, Reading[] readings)
    {
        int stored = 0, duplicates = 0, conflicts = 0, setAside = 0;
        KnownDevice? device = null;
        foreach (ref readonly var reading in readings.AsSpan())
        {
            if (device?.Id != reading.Device)
                device = index.FindOrAdd(reading.Device);
            switch (Put(device, reading, out var standing))
            {
                case Added.NoRoom:
                    setAside++;
                    continue;
                case Added.Known when standing.Equals(reading.Value):
                    duplicates++;
                    continue;
                case Added.Known:
                    conflicts++;
                    if (device.IsSentByOthersThan(gateway))
                        contests.Add(gateway, new Contest(device.Id, reading.Metric, reading.Time, standing, reading.Value));
                    continue;
            }

            stored++;
            device.SentBy(gateway);
            if (device.Series.TryGetValue(reading.Metric, out var series))
                series.Add(reading);
            else
                device.Series.Add(reading.Metric, new KnownSeries(reading));
            index.Changed(device);
        }

        return new StoreResult(stored, duplicates, conflicts, setAside);
    }

    /// <summary>
    /// Slices of what changed since the last time, of so many parts or the few more of the last devices; they are being written from now on
    /// until they are told that they were. The last takes all that changed of the index.
    /// </summary>
    /// <param name="into">The parts' collection.</param>
    /// <param name="written">Told of the parts that are durable, by the thread that wrote them.</param>
    public List<Slice> Take(ILiteCollection<BsonDocument> into, Action<List<DevicePart>> written)
    {
        foreach (var day in _changed.Where(p => p.IsByHour).ToList())
            Summarise(day);

        // By key, so that neighbours in the file are written together.
        _changed.Sort((a, b) => a.Key.Value.CompareTo(b.Key.Value));
        var slices = new List<Slice>();
        for (var (from, to) = (0, 0); from < _changed.Count; from = to)
        {
            to = Math.Min(from + SliceParts, _changed.Count);
            var group = SeriesIndex.Group(_changed[to - 1].Key.Device);
            while (to < _changed.Count && SeriesIndex.Group(_changed[to].Key.Device) == group)
                to++;
            var changed = _changed[from..to];
            var isNew = changed.ToLookup(p => p.IsNew);
            slices.Add(new Slice(
                [
                    new DocumentChange(into, [.. isNew[true].Select(p => p.Take())], [.. isNew[false].Select(p => p.Take())], []),
                    index.Take(to < _changed.Count ? group : int.MaxValue),
                ],
                changed.Count, () => written(changed)));
        }

        (_changed, ChangedBytes) = ([], 0);
        return slices;
    }

    /// <summary>Brings the summaries of a day that is kept by the hour up to date.</summary>
    public void Summarise(DevicePart day)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            if ((day.StaleHours & (1u << hour)) != 0)
                day.Summarise(hour, parts.FindOrMake(day.Key.Hour(hour)));
        }
    }

    private Added Put(KnownDevice device, in Reading reading, out double standing)
    {
        standing = 0;
        if (device.Series.Count >= MostSeries && !device.Series.ContainsKey(reading.Metric))
            return Added.NoRoom;

        var key = PartKey.OfDay(device.Number, reading.Time);
        var day = parts.FindOrMake(key, isNew: !device.HasSome(key.Day));
        Added added;
        if (!day.IsByHour)
        {
            added = Put(day, reading, out standing);
            if (day.Entries > MostInADay)
                Split(day);
            return added;
        }

        var hour = reading.Time.UtcDateTime.Hour;
        added = Put(parts.FindOrMake(key.Hour(hour)), reading, out standing);
        if (added != Added.New)
            return added;

        // Looked up again: to find the hour the cache may have let go of the day, but it keeps what has changed.
        day = parts.FindOrMake(key);
        Note(day);
        day.AddedTo(hour);
        return added;
    }

    private Added Put(DevicePart part, in Reading reading, out double standing)
    {
        standing = 0;
        part.Series.TryGetValue(reading.Metric, out var chunk);
        var isFull = part.Entries >= MostInAPart || (chunk is null ? part.Series.Count >= MostSeries : chunk.Count >= MostOfASeries);
        if (isFull && chunk?.Holds(reading.Time) != true)
            return Added.NoRoom;

        chunk ??= part.Chunk(reading.Metric);
        if (!chunk.TryAdd(reading.Time, reading.Value, reading.Quality, out standing))
            return Added.Known;
        Note(part);
        parts.Grew(part.Added());
        return Added.New;
    }

    private void Split(DevicePart day)
    {
        foreach (var (hour, metric, chunk) in day.Split())
        {
            var part = parts.FindOrMake(day.Key.Hour(hour));
            Note(part);
            part.Take(metric, chunk);
            day.AddedTo(hour);
        }
    }

    private void Note(DevicePart part)
    {
        if (part.IsChanged)
        {
            ChangedBytes += DevicePart.AddedBytes;
            return;
        }

        _changed.Add(part);
        ChangedBytes += part.Bytes;
    }

    private enum Added
    {
        New,
        Known,
        NoRoom,
    }
}
