using System.Buffers;
using System.Text.Json;

namespace IotGateway.Telemetry;

/// <summary>
/// Readings as a SenML pack (RFC 8428), UTF-8 JSON. A pack written here names its device and time at its start, so that packs
/// can be joined end to end and still mean the same.
/// </summary>
public static class Senml
{
    /// <summary>Writes a pack: a JSON array with a record a reading; readings of one device and time next to each other share their base.</summary>
    /// <exception cref="ArgumentException">A value is not finite: JSON has no form for it, and a caller must have set it aside.</exception>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<Reading> readings)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        for (var i = 0; i < readings.Length; i++)
        {
            ref readonly var r = ref readings[i];
            if (!double.IsFinite(r.Value))
                throw new ArgumentException($"{r.Device}/{r.Metric} at {r.Time:O} is {r.Value}: only finite values can be written.", nameof(readings));

            json.WriteStartObject();
            if (i == 0 || readings[i - 1].Device != r.Device || readings[i - 1].Time != r.Time || readings[i - 1].Received != r.Received)
            {
                json.WriteString("bn"u8, $"{r.Device}/");
                WriteSeconds(json, "bt"u8, r.Time);
                WriteSeconds(json, "brt"u8, r.Received);
            }

            json.WriteString("n"u8, r.Metric);
            if (r.Unit.Length > 0)
                json.WriteString("u"u8, r.Unit);
            json.WriteNumber("v"u8, r.Value);
            if (r.Quality != Quality.Good)
                json.WriteNumber("q"u8, (int)r.Quality);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads a pack.</summary>
    /// <exception cref="BatchFormatException">It is no SenML pack, or a record in it is impossible.</exception>
    public static Reading[] Read(ReadOnlySpan<byte> pack) => Resolve(WireJson.Read(pack, WireJson.Default.SenmlRecordArray, "SenML pack"));

    /// <summary>Resolves records to readings.</summary>
    /// <exception cref="BatchFormatException">A record lacks its name, value or time, or they are not possible.</exception>
    internal static Reading[] Resolve(ReadOnlySpan<SenmlRecord> records)
    {
        var readings = new Reading[records.Length];
        var baseName = "";
        double baseTime = 0, baseReceived = 0;
        for (var i = 0; i < records.Length; i++)
        {
            var record = records[i] ?? throw Wrong(i, "is null");
            baseName = record.BaseName ?? baseName;
            baseTime = record.BaseTime ?? baseTime;
            baseReceived = record.BaseReceived ?? baseReceived;

            var name = baseName + record.Name;
            var slash = name.IndexOf('/');
            if (slash < 0 || !DeviceId.TryParse(name[..slash], out var device) || !Metric.IsName(name[(slash + 1)..]))
                throw Wrong(i, $"has the name '{Shown(name)}'; expected device/metric");

            var value = record.Value ?? throw Wrong(i, "has no value");
            readings[i] = new Reading(
                device,
                Metrics.Find(name[(slash + 1)..])?.Name ?? name[(slash + 1)..],
                ReadSeconds(baseTime + (record.Time ?? 0), i),
                double.IsFinite(value) ? value : throw Wrong(i, "has a value that is not finite"),
                Interned(record.Unit),
                (Quality)(record.Quality ?? 0),
                ReadSeconds(baseReceived, i));
        }

        return readings;
    }

    private static void WriteSeconds(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time) =>
        json.WriteNumber(name, time.ToUnixTimeMilliseconds() / 1000m);

    private static DateTimeOffset ReadSeconds(double seconds, int index) =>
        seconds is > -62_000_000_000 and < 253_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
            : throw Wrong(index, $"has the time {seconds} s, outside the years 5 to 9987");

    private static string Interned(string? unit) => unit is null ? "" : string.IsInterned(unit) ?? unit;

    private static BatchFormatException Wrong(int index, string what) => new("bad_record", $"SenML record {index} {what}.");

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}
