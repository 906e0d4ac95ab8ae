using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>Puts readings into the parts they belong to, in memory. For one thread at a time.</summary>
internal sealed class LiteWrite(PartCache parts, SeriesIndex index)
{
    /// <summary>
    /// A day with more entries is kept by the hour, so that a sensor that reports every second does not have its whole day written anew
    /// each time.
    /// </summary>
    private const int MostInADay = 2048;

    private readonly List<DevicePart> _changed = [];

    /// <summary>The parts that are not written yet, by key.</summary>
    public IReadOnlyList<DevicePart> Changed
    {
        get
        {
            _changed.Sort((a, b) => a.Key.Value.CompareTo(b.Key.Value));
            return _changed;
        }
    }

    /// <summary>About what the parts not written yet take in memory.</summary>
    public long ChangedBytes { get; private set; }

    public StoreResult Add(Reading[] readings)
    {
        int stored = 0, duplicates = 0, conflicts = 0;
        KnownDevice? device = null;
        foreach (ref readonly var reading in readings.AsSpan())
        {
            if (device?.Id != reading.Device)
                device = index.FindOrAdd(reading.Device);
            if (!Put(PartKey.OfDay(device.Number, reading.Time), reading, out var standing))
            {
                if (standing.Equals(reading.Value))
                    duplicates++;
                else
                    conflicts++;
                continue;
            }

            stored++;
            if (device.Series.TryGetValue(reading.Metric, out var series))
                series.Add(reading);
            else
                device.Series.Add(reading.Metric, new KnownSeries(reading));
            index.Changed(device);
        }

        return new StoreResult(stored, duplicates, conflicts);
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

    public void Written()
    {
        foreach (var part in _changed)
            part.Written();
        _changed.Clear();
        ChangedBytes = 0;
    }

    private bool Put(PartKey key, in Reading reading, out double standing)
    {
        var day = parts.FindOrMake(key);
        if (!day.IsByHour)
        {
            if (!Put(day, reading, out standing))
                return false;
            if (day.Entries > MostInADay)
                Split(day);
            return true;
        }

        var hour = reading.Time.UtcDateTime.Hour;
        if (!Put(parts.FindOrMake(key.Hour(hour)), reading, out standing))
            return false;

        // Looked up again: to find the hour the cache may have let go of the day, but it keeps what has changed.
        day = parts.FindOrMake(key);
        Note(day);
        day.AddedTo(hour);
        return true;
    }

    private bool Put(DevicePart part, in Reading reading, out double standing)
    {
        if (!part.Chunk(reading.Metric).TryAdd(reading.Time, reading.Value, reading.Quality, out standing))
            return false;
        Note(part);
        parts.Grew(part.Added());
        return true;
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
}
