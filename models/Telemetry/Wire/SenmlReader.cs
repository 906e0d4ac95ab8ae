using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using IotGateway.Telemetry.Wire.Records;

namespace IotGateway.Telemetry.Wire;

/// <summary>
/// Reads a SenML array (RFC 8428) token by token straight into readings: a batch of thousands is read where the cloud takes in all its
/// gateways, so no record is made an object first. Names that repeat are looked up, not made again.
/// </summary>
internal ref struct SenmlReader
{
    private readonly DateTimeOffset? _now;
    private Reading[] _readings = ArrayPool<Reading>.Shared.Rent(512);
    private int _count;
    private int _record;
    private readonly Dictionary<string, DeviceId> _devices = new(StringComparer.Ordinal);
    private string _baseName = "";
    private DeviceId _baseDevice;
    private bool _baseIsDevice;
    private SenmlBases _bases;
    private OtherRecords _others;

    private SenmlReader(DateTimeOffset? now) => _now = now;

    /// <summary>Reads the array that <paramref name="json"/> stands at the start of.</summary>
    /// <param name="json">Where to read.</param>
    /// <param name="most">The most records taken.</param>
    /// <param name="now">The time that relative ones (RFC 8428 §4.5.3) are counted from where a record does not say when it was received
    /// (<c>brt</c>); null where nobody knows it.</param>
    /// <param name="others">Records that are no readings.</param>
    /// <exception cref="BatchFormatException">It is no array of records, a record is impossible, or there are too many.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Reading[] Read(ref Utf8JsonReader json, int most, DateTimeOffset? now, out OtherRecords others)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new BatchFormatException("not_json", "senml is no array; an array of SenML records was expected.");

        var reader = new SenmlReader(now);
        try
        {
            for (; json.Read() && json.TokenType != JsonTokenType.EndArray; reader._record++)
            {
                if (reader._record == most)
                    throw new BatchFormatException("too_many_readings", $"A pack has more than {most:N0} records.");
                reader.ReadRecord(ref json);
            }

            others = reader._others;
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

        string? metric = null, unit = null;
        double value = 0, time = 0;
        var quality = 0;
        var labels = SenmlLabel.None;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var label = SenmlLabels.Of(ref json);
            if ((labels & label) != SenmlLabel.None)
                throw Wrong("names a label twice");
            labels |= label;
            switch (label)
            {
                case SenmlLabel.Value:
                    value = Number(ref json);
                    break;
                case SenmlLabel.Name:
                    metric = Metrics.Known(Text(ref json)) ?? json.GetString();
                    break;
                case SenmlLabel.Unit:
                    unit = UnitName(ref json);
                    break;
                case SenmlLabel.Time:
                    time = Number(ref json);
                    break;
                case SenmlLabel.Quality:
                    quality = QualityBits(ref json);
                    break;
                default:
                    ReadBase(label, ref json);
                    break;
            }
        }

        _bases.EndRecord();
        if (!HoldsValue(labels))
            return;
        value += _bases.Value ?? 0;
        if (!double.IsFinite(value))
            throw Wrong("has no finite value");
        var device = Device(ref metric);
        if (_bases.Resolve(time, _now) is not var (measured, received))
            throw Wrong($"has the time {_bases.Time + time} s: none in the years 5 to 9987, or relative to a time that nobody knows");
        Add(new Reading(device, metric, measured, value, unit ?? _bases.Unit ?? "", (Quality)quality, received));
    }

    /// <summary>Reads a label that is none of a reading's own.</summary>
    private void ReadBase(SenmlLabel label, ref Utf8JsonReader json)
    {
        switch (label)
        {
            case SenmlLabel.BaseName:
                SetBaseName(ref json);
                break;
            case SenmlLabel.BaseTime:
                _bases.Time = Number(ref json);
                break;
            case SenmlLabel.BaseReceived:
                _bases.Received = Number(ref json);
                break;
            case SenmlLabel.BaseUnit:
                _bases.Unit = UnitName(ref json);
                break;
            case SenmlLabel.BaseValue:
                _bases.Value = Number(ref json);
                break;
            case SenmlLabel.BaseSum:
                Number(ref json);
                _bases.HasSum = true;
                break;
            case SenmlLabel.BaseVersion:
                TakeVersion(Number(ref json));
                break;
            case SenmlLabel.MustUnderstand:
                throw new BatchFormatException(
                    "unknown_label", $"SenML record {_record} has a label ending with '_', which a reader must understand; none is known.");
            default:
                json.Read();
                json.Skip();
                break;
        }
    }

    private void TakeVersion(double version)
    {
        if (!SenmlBases.IsUnderstood(version))
            throw new BatchFormatException(
                "unknown_version", $"A SenML pack has version {version}; this program understands 1 to {SenmlBases.Version}.");
        if (!_bases.IsVersion(version))
            throw Wrong("has another version than those before it");
    }

    /// <summary>True of a record with a number; one of bases alone is none, and one with another kind of value is counted.</summary>
    private bool HoldsValue(SenmlLabel labels)
    {
        var values = labels & SenmlLabel.Values;
        if ((values & (values - 1)) != SenmlLabel.None)
            throw Wrong("has more than one value");
        if (values == SenmlLabel.Value)
            return true;
        if ((labels & SenmlLabel.Own) == SenmlLabel.None && (labels & SenmlLabel.Bases) != SenmlLabel.None)
            return false;
        if ((labels & (SenmlLabel.Values | SenmlLabel.Sum)) == SenmlLabel.None)
        {
            // A value that is missing beside a base value is zero (§4.5.4).
            if (_bases.Value is not null)
                return true;
            if (!_bases.HasSum)
                throw Wrong("has no value");
        }

        _others = _others.And(values);
        return false;
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
        && bits == (int)bits
        ? (int)bits
        : throw Wrong($"has a quality that is no whole number from 0 to {ushort.MaxValue}");

    /// <summary>A string's bytes as they stand; empty when it is escaped, so that the caller takes the slow way.</summary>
    private readonly ReadOnlySpan<byte> Text(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String)
            throw Wrong("has something else where a text was expected");
        return json.ValueIsEscaped ? [] : json.ValueSpan;
    }

    private readonly string UnitName(ref Utf8JsonReader json) => Metrics.Known(Text(ref json), unit: true) ?? json.GetString()!;

    private readonly BatchFormatException Wrong(string what) => new("bad_record", $"SenML record {_record} {what}.");
}
