using System.Buffers.Binary;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode.Codecs.HiveNode;

/// <summary>
/// Codec of our hive node's payload, version 1, whose paths are metrics' names; firmware-sim/PAYLOAD.md has it byte by byte.
/// </summary>
internal static class HiveNodeCodec
{
    /// <summary>The codec as profiles choose it.</summary>
    public static readonly Codec Codec = new("hive-node", Read);

    /// <summary>The port the node sends on.</summary>
    public const int FPort = 10;

    private const int HeaderBytes = 7;

    private enum Raw
    {
        U8,
        U16,
        I16,
        U24,
    }

    /// <summary>The bits in their order, each with the fields that follow when it is set.</summary>
    private static readonly PayloadField[][] Bits =
    [
        [new(Metrics.HiveTemperature, Raw.I16, 100, 0)],
        [new(Metrics.HiveHumidity, Raw.U16, 100, 0)],
        [new(Metrics.BroodTemperature, Raw.I16, 100, 0)],
        [new(Metrics.Weight, Raw.U24, 1000, 0)],
        [new(Metrics.Co2, Raw.U16, 1, 0)],
        [new(Metrics.Tvoc, Raw.U16, 1, 0)],
        [new(Metrics.ECo2, Raw.U16, 1, 0)],
        [new(Metrics.Pm1, Raw.U16, 10, 0), new(Metrics.Pm25, Raw.U16, 10, 0), new(Metrics.Pm10, Raw.U16, 10, 0)],
        [new(Metrics.SoundLevel, Raw.U8, 2, 0)],
        [
            new("sound_60_125", Raw.U8, 2, -20), new("sound_125_225", Raw.U8, 2, -20), new("sound_225_300", Raw.U8, 2, -20),
            new("sound_300_380", Raw.U8, 2, -20),
            new("sound_380_550", Raw.U8, 2, -20), new("sound_500_600", Raw.U8, 2, -20), new("sound_600_1200", Raw.U8, 2, -20),
            new("sound_2000_3600", Raw.U8, 2, -20),
        ],
        [new(Metrics.BeesIn, Raw.U16, 1, 0), new(Metrics.BeesOut, Raw.U16, 1, 0)],
        [new(Metrics.BatteryVoltage, Raw.U16, 1000, 0)],
    ];

    /// <exception cref="RefusedException">The payload is not exactly one frame of version 1.</exception>
    public static IReadOnlyList<Decoded> Read(int fPort, ReadOnlySpan<byte> payload)
    {
        if (fPort != FPort)
            throw new RefusedException("unknown_port", $"A hive node's frame came on fPort {fPort}; expected {FPort}.");
        if (payload.Length < HeaderBytes)
            throw new RefusedException(
                "truncated", $"The payload has {payload.Length} bytes; a hive node's frame has at least {HeaderBytes}.");
        if (payload[0] != 1)
            throw new RefusedException("unknown_layout", $"The payload has layout version {payload[0]}; expected 1.");

        var bits = BinaryPrimitives.ReadUInt16BigEndian(payload[5..]);
        if (bits >> Bits.Length != 0)
            throw new RefusedException(
                "unknown_layout", $"The payload has field bits 0x{bits:X4}; bits from {Bits.Length} on belong to a later version.");

        var expected = HeaderBytes;
        for (var bit = 0; bit < Bits.Length; bit++)
            expected += (bits >> bit & 1) == 0 ? 0 : Bits[bit].Sum(f => f.Bytes);
        if (payload.Length != expected)
        {
            throw new RefusedException(
                payload.Length < expected ? "truncated" : "too_long",
                $"The payload has {payload.Length} bytes; its field bits 0x{bits:X4} make {expected}.");
        }

        var seconds = BinaryPrimitives.ReadUInt32BigEndian(payload[1..]);
        var fields = new List<Field>();
        var rest = payload[HeaderBytes..];
        for (var bit = 0; bit < Bits.Length; bit++)
        {
            if ((bits >> bit & 1) == 0)
                continue;
            foreach (var field in Bits[bit])
            {
                fields.Add(new Field(field.Metric, field.Read(rest)));
                rest = rest[field.Bytes..];
            }
        }

        return [new Decoded(seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds), fields)];
    }

    /// <summary>
    /// A field: raw value divided by <paramref name="PerUnit"/>, plus <paramref name="Offset"/>. Dividing gives the decimal nearest to what
    /// was meant; multiplying by 0.01 would not.
    /// </summary>
    private sealed record PayloadField(string Metric, Raw Type, int PerUnit, double Offset)
    {
        public int Bytes => Type switch { Raw.U8 => 1, Raw.U24 => 3, _ => 2 };

        public double Read(ReadOnlySpan<byte> bytes)
        {
            var (raw, none) = Type switch
            {
                Raw.U8 => (bytes[0], 0xFF),
                Raw.I16 => (BinaryPrimitives.ReadInt16BigEndian(bytes), short.MinValue),
                Raw.U24 => ((bytes[0] << 16) | (bytes[1] << 8) | bytes[2], 0xFF_FFFF),
                _ => (BinaryPrimitives.ReadUInt16BigEndian(bytes), 0xFFFF),
            };
            return raw == none ? double.NaN : ((double)raw / PerUnit) + Offset;
        }
    }
}
