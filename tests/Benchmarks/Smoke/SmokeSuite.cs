using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using IotGateway.Benchmarks.Measures;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Benchmarks.Smoke;

/// <summary>The wire format's costs, against the least that could be paid for the same bytes in the same run.</summary>
internal static class SmokeSuite
{
    private const int Readings = 1000;

    public static IReadOnlyList<Ratio> Run(bool quick)
    {
        var rounds = quick ? 5 : 9;
        var turn = TimeSpan.FromMilliseconds(quick ? 150 : 500);
        var readings = Draw();
        var pack = Pack(readings);
        var plain = Plain(Message(pack));

        var decode = Rounds.Medians(
            rounds, () => Rounds.PerSecond(turn, () => Batch.Decode(plain).Readings.Length),
            () => Rounds.PerSecond(turn, () => Walk(plain)));
        var encode = Rounds.Medians(
            rounds, () => Rounds.PerSecond(turn, () => Message(Pack(readings)).Length > 0 ? Readings : 0),
            () => Rounds.PerSecond(turn, () => Gzip(plain)));
        return
        [
            new Ratio("read a batch of 1,000 readings", decode[0], "walking its JSON tokens", decode[1], "readings/s", 0.25),
            new Ratio("write and compress the same", encode[0], "compressing its bytes alone", encode[1], "readings/s", 0.15),
        ];
    }

    private static int Walk(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            // Each token is looked at and nothing is kept: the limit.
        }

        return Readings;
    }

    private static int Gzip(byte[] plain)
    {
        using var packed = new MemoryStream(plain.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return packed.Length > 0 ? Readings : 0;
    }

    private static Reading[] Draw()
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
        return
        [
            .. Enumerable.Range(0, Readings).Select(i => new Reading(
                DeviceId.Parse($"0004a30b{i / 2 % 100:D8}"), i % 2 == 0 ? Metrics.HiveTemperature : Metrics.HiveHumidity,
                start.AddSeconds(i / 2 * 9),
                Math.Round(30 + (random.NextDouble() * 8), 2), i % 2 == 0 ? "Cel" : "%RH", Quality.Good,
                start.AddSeconds((i / 2 * 9) + 1))),
        ];
    }

    private static byte[] Pack(Reading[] readings)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        Senml.Write(output, readings);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Message(byte[] pack) =>
        Batch.Encode(
            "gw-bench", "s1", new SequenceRange(1, 1), new DateTimeOffset(2021, 7, 1, 12, 0, 0, TimeSpan.Zero), "synchronised", [], [pack]);

    private static byte[] Plain(byte[] message)
    {
        using var gzip = new GZipStream(new MemoryStream(message), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
