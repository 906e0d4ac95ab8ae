using System.Buffers;
using System.Text.Json;
using IotGateway.Telemetry.Wire.Records;

namespace IotGateway.Telemetry.Wire;

/// <summary>
/// Readings as a SenML pack (RFC 8428), UTF-8 JSON. A pack written here names its device and time at its start, so that packs
/// can be joined end to end and still mean the same.
/// </summary>
public static class Senml
{
    /// <summary>
    /// Writes a pack: a JSON array with a record a reading; readings of one device and time next to each other share their base.
    /// </summary>
    /// <exception cref="ArgumentException">A value is not finite: JSON has no form for it, and a caller must have set it aside.</exception>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<Reading> readings)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        for (var i = 0; i < readings.Length; i++)
        {
            ref readonly var r = ref readings[i];
            if (!double.IsFinite(r.Value))
                throw new ArgumentException(
                    $"{r.Device}/{r.Metric} at {r.Time:O} is {r.Value}: only finite values can be written.", nameof(readings));

            json.WriteStartObject();
            if (i == 0 || readings[i - 1].Device != r.Device || readings[i - 1].Time != r.Time || readings[i - 1].Received != r.Received)
            {
                json.WriteString("bn"u8, r.Device + "/");
                json.WriteNumber("bt"u8, BaseTime(r));
                json.WriteNumber("brt"u8, Seconds(r.Received));
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

    /// <summary>Reads a pack; records that are no readings (texts, truth values, bytes, sums) are passed over.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="now">The time that relative ones are counted from where a record does not say when it was received (<c>brt</c>); null,
    /// the default value, where nobody knows it: such a record is then impossible.</param>
    /// <exception cref="BatchFormatException">It is no SenML pack, or a record in it is impossible.</exception>
    public static Reading[] Read(ReadOnlySpan<byte> pack, DateTimeOffset? now = null)
    {
        var json = new Utf8JsonReader(pack);
        try
        {
            json.Read();
            var readings = SenmlReader.Read(ref json, int.MaxValue, now, out _);
            return json.Read() ? throw new BatchFormatException("not_json", "Something follows a SenML pack.") : readings;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BatchFormatException("not_json", $"A SenML pack cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A time that the format takes for a relative one is written as one, counted from when it was received.</summary>
    private static double BaseTime(in Reading reading)
    {
        var (time, received) = (Seconds(reading.Time), Seconds(reading.Received));
        return time < SenmlBases.LeastAbsolute && received >= SenmlBases.LeastAbsolute
            ? (reading.Time.ToUnixTimeMilliseconds() - reading.Received.ToUnixTimeMilliseconds()) / 1000.0
            : time;
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
