using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace IotGateway.Telemetry.Wire;

/// <summary>
/// Reads a SenML array token by token straight into readings: a batch of thousands is read where the cloud takes in all its gateways,
/// so no record is made an object first. Names that repeat are looked up, not made again.
/// </summary>
internal ref struct SenmlReader
{
    private Reading[] _readings = ArrayPool<Reading>.Shared.Rent(512);
    private int _count;
    private readonly Dictionary<string, DeviceId> _devices = new(StringComparer.Ordinal);
    private string _baseName = "";
    private DeviceId _baseDevice;
    private bool _baseIsDevice;
    private double _baseTime;
    private double _baseReceived;

    public SenmlReader()
    {
    }

    /// <summary>Reads the array that <paramref name="json"/> stands at the start of.</summary>
    /// <param name="json">Where to read.</param>
    /// <param name="most">The most readings taken.</param>
    /// <exception cref="BatchFormatException">It is no array of records, a record is impossible, or there are too many.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Reading[] Read(ref Utf8JsonReader json, int most)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new BatchFormatException("not_json", "senml is no array; an array of SenML records was expected.");

        var reader = new SenmlReader();
        try
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (reader._count == most)
                    throw new BatchFormatException("too_many_readings", $"A pack has more than {most:N0} readings.");
                reader.ReadRecord(ref json);
            }

            return reader._readings.AsSpan(0, reader._count).ToArray();
        }
        finally
        {
            ArrayPool<Reading>.Shared.Return(reader._readings);
        }
    }

    private void ReadRecord(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw Wrong("is no object");

        string? metric = null;
        var unit = "";
        double value = double.NaN, time = 0;
        var quality = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (json.ValueTextEquals("v"u8))
                value = Number(ref json);
            else if (json.ValueTextEquals("n"u8))
                metric = Metrics.Known(Text(ref json)) ?? json.GetString();
            else if (json.ValueTextEquals("u"u8))
                unit = Metrics.Known(Text(ref json), unit: true) ?? json.GetString()!;
            else if (json.ValueTextEquals("bn"u8))
                SetBaseName(ref json);
            else if (json.ValueTextEquals("bt"u8))
                _baseTime = Number(ref json);
            else if (json.ValueTextEquals("brt"u8))
                _baseReceived = Number(ref json);
            else if (json.ValueTextEquals("t"u8))
                time = Number(ref json);
            else if (json.ValueTextEquals("q"u8))
                quality = QualityBits(ref json);
            else
                Skip(ref json);
        }

        if (!double.IsFinite(value))
            throw Wrong("has no finite value");
        var device = Device(ref metric);
        Add(new Reading(device, metric, Time(_baseTime + time), value, unit, (Quality)quality, Time(_baseReceived)));
    }

    private void Add(in Reading reading)
    {
        if (_count == _readings.Length)
        {
            var larger = ArrayPool<Reading>.Shared.Rent(_count * 2);
            _readings.CopyTo(larger, 0);
            ArrayPool<Reading>.Shared.Return(_readings);
            _readings = larger;
        }

        _readings[_count++] = reading;
    }

    private void SetBaseName(ref Utf8JsonReader json)
    {
        Text(ref json);
        _baseName = json.GetString()!;
        _baseIsDevice = _baseName.EndsWith('/') && Find(_baseName[..^1], out _baseDevice);
    }

    /// <summary>The record's device; cuts <paramref name="metric"/> to the metric when the record's own name holds the device.</summary>
    private DeviceId Device([NotNull] ref string? metric)
    {
        if (_baseIsDevice && metric is not null && Metric.IsName(metric))
            return _baseDevice;

        var name = _baseName + metric;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !Find(name[..slash], out var device) || !Metric.IsName(name[(slash + 1)..]))
            throw Wrong($"has the name '{(name.Length > 80 ? name[..80] + "…" : name)}'; expected device/metric");
        metric = name[(slash + 1)..];
        return device;
    }

    private readonly bool Find(string text, out DeviceId device)
    {
        if (_devices.TryGetValue(text, out device))
            return true;
        if (!DeviceId.TryParse(text, out device))
            return false;
        _devices.Add(text, device);
        return true;
    }

    private readonly double Number(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.Number)
            throw Wrong("has something else where a number was expected");
        return json.GetDouble();
    }

    private readonly int QualityBits(ref Utf8JsonReader json) => Number(ref json) is var bits and >= 0 and <= ushort.MaxValue
        ? (int)bits
        : throw Wrong($"has a quality outside 0 to {ushort.MaxValue}");

    /// <summary>A string's bytes as they stand; empty when it is escaped, so that the caller takes the slow way.</summary>
    private readonly ReadOnlySpan<byte> Text(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String)
            throw Wrong("has something else where a text was expected");
        return json.ValueIsEscaped ? [] : json.ValueSpan;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private readonly DateTimeOffset Time(double seconds) => seconds is > -62_000_000_000 and < 253_000_000_000
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
        : throw Wrong($"has the time {seconds} s, outside the years 5 to 9987");

    private readonly BatchFormatException Wrong(string what) => new("bad_record", $"SenML record {_count} {what}.");
}
