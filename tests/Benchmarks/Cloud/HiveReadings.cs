using System.Buffers;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Benchmarks.Cloud;

/// <summary>
/// Synthetic readings of hives with ten metrics each, every fifteen minutes, in the order in which a gateway would send them.
/// </summary>
internal sealed class HiveReadings(int hives)
{
    public const int Metrics = 10;

    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names =
    [
        "hive_temperature", "hive_humidity", .. Enumerable.Range(3, Metrics - 2).Select(i => $"metric_{i}"),
    ];

    private readonly DeviceId[] _devices = [.. Enumerable.Range(0, hives).Select(Device)];
    private readonly Random _random = new(1);
    private long _next;

    public static DateTimeOffset TimeOf(long slot) => Start.AddMinutes(15 * slot);

    public static DeviceId Device(int hive) => DeviceId.Parse($"0004a30b{hive:D8}");

    /// <summary>Slots of fifteen minutes that are complete.</summary>
    public long Slots => _next / (_devices.Length * Metrics);

    /// <summary>The next readings.</summary>
    public Reading[] Next(int count)
    {
        var readings = new Reading[count];
        for (var i = 0; i < count; i++, _next++)
        {
            var metric = (int)(_next % Metrics);
            var time = TimeOf(_next / Metrics / _devices.Length);
            readings[i] = new Reading(
                _devices[_next / Metrics % _devices.Length], Names[metric], time, Math.Round(20 + metric + (_random.NextDouble() * 10), 2),
                metric switch { 0 => "Cel", 1 => "%RH", _ => "" },
                Quality.Good, time.AddSeconds(2));
        }

        return readings;
    }

    public static byte[] Encode(string gateway, long sequence, Reading[] readings)
    {
        var pack = new ArrayBufferWriter<byte>(64 * 1024);
        Senml.Write(pack, readings);
        return Batch.Encode(
            gateway, "s1", new SequenceRange(sequence, sequence), readings[^1].Received, "synchronised", [], [pack.WrittenMemory]);
    }
}
