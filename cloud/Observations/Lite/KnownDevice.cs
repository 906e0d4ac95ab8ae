using IotGateway.Telemetry;
using LiteDB;

namespace IotGateway.Cloud.Observations.Lite;

/// <summary>A device that ever reported; its number stands for it in keys.</summary>
internal sealed class KnownDevice(DeviceId id, int number)
{
    private const int MostGateways = 4;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    private readonly List<string> _gateways = [];

    public DeviceId Id => id;

    public int Number => number;

    public Dictionary<string, KnownSeries> Series { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes that a gateway sent of it; only the first few are known by name.</summary>
    public void SentBy(string gateway)
    {
        if (_gateways.Count < MostGateways && !_gateways.Contains(gateway))
            _gateways.Add(gateway);
    }

    /// <summary>True where another gateway sends of it, too.</summary>
    public bool IsSentByOthersThan(string gateway) => _gateways.Exists(g => g != gateway);

    /// <summary>True where it may have an observation of a UTC day: one of its series began by then and had not ended.</summary>
    public bool HasSome(DateTimeOffset day)
    {
        foreach (var (_, series) in Series)
        {
            if (series.Latest.Time >= day && series.First - day < OneDay)
                return true;
        }

        return false;
    }

    public static KnownDevice From(BsonDocument document)
    {
        var device = new KnownDevice(DeviceId.Parse(document["i"].AsString), document["k"].AsInt32);
        foreach (var series in document["s"].AsArray.Select(s => s.AsArray))
            device.Series.Add(series[0].AsString, new KnownSeries(series));
        if (document.TryGetValue("g", out var gateways))
            device._gateways.AddRange(gateways.AsArray.Select(g => g.AsString));
        return device;
    }

    public BsonDocument ToDocument() => new()
    {
        ["i"] = id.ToString(),
        ["k"] = number,
        ["s"] = new BsonArray(Series.Select(s => s.Value.ToArray(s.Key))),
        ["g"] = new BsonArray(_gateways.Select(g => new BsonValue(g))),
    };

    /// <summary>Its series with their newest values, by metric.</summary>
    public IReadOnlyList<Series> Latest() =>
        [
            .. Series.OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new Series(id, s.Key, s.Value.Unit, s.Value.Count, s.Value.Latest)),
        ];
}

/// <summary>Knowledge of a series without its observations.</summary>
internal sealed class KnownSeries
{
    private long _first = long.MaxValue;
    private long _latest = long.MinValue;
    private double _value;
    private Quality _quality;

    public KnownSeries(in Reading first)
    {
        // A reading in another unit bears Quality.UnexpectedUnit; it does not rename the series'.
        Unit = Metrics.Find(first.Metric)?.Unit ?? first.Unit;
        Add(first);
    }

    public KnownSeries(BsonArray values)
    {
        (Unit, Count, _first) = (values[1].AsString, values[2].AsInt64, values[3].AsInt64);
        (_latest, _value, _quality) = (values[4].AsInt64, values[5].AsDouble, (Quality)values[6].AsInt32);
    }

    public string Unit { get; }

    public long Count { get; private set; }

    public DateTimeOffset First => DateTimeOffset.FromUnixTimeMilliseconds(_first);

    public Observation Latest => new(DateTimeOffset.FromUnixTimeMilliseconds(_latest), _value, _quality);

    public void Add(in Reading reading)
    {
        Count++;
        var time = reading.Time.ToUnixTimeMilliseconds();
        _first = Math.Min(_first, time);
        if (time >= _latest)
            (_latest, _value, _quality) = (time, reading.Value, (Quality)(ushort)reading.Quality); // sixteen bits, as in the chunks
    }

    public BsonArray ToArray(string metric) => [metric, Unit, Count, _first, _latest, _value, (int)_quality];
}
