using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Edge.Clock;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Packs;

/// <summary>
/// Form of a SenML pack with a clock's stamp. The stamp stands in the pack's first record as <c>boot</c>, <c>zero</c> (Unix milliseconds)
/// and
/// <c>wait</c>, ahead of everything else, so that a pack without one is known by its first bytes. Packs in the buffer and in dead letters
/// have it, messages to the cloud never do.
/// </summary>
internal static class StampedPack
{
    private static readonly byte[] Opening = "[{\"boot\":"u8.ToArray();

    /// <summary>The year 2200 in Unix milliseconds: what lies beyond was written by hand, and times shifted from it may be none.</summary>
    private const long LatestZero = 7_258_118_400_000;

    /// <summary>The stamp of a pack; null when it has none.</summary>
    /// <exception cref="BatchFormatException">It begins like one and is none.</exception>
    public static Stamp? StampOf(ReadOnlySpan<byte> pack) => StampOf(pack, out _);

    /// <summary>A stamped pack without its stamp, its times as they are.</summary>
    public static ReadOnlyMemory<byte> Strip(ReadOnlySpan<byte> pack)
    {
        StampOf(pack, out var rest);
        return (byte[])[.. "[{"u8, .. pack[rest..]];
    }

    private static Stamp? StampOf(ReadOnlySpan<byte> pack, out int rest)
    {
        rest = 0;
        if (!pack.StartsWith(Opening))
            return null;
        var json = new Utf8JsonReader(pack);
        string? boot = null;
        long? zero = null;
        var waits = false;
        try
        {
            json.Read();
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName
                && (json.ValueTextEquals("boot"u8) || json.ValueTextEquals("zero"u8) || json.ValueTextEquals("wait"u8)))
            {
                var first = json.ValueSpan[0];
                json.Read();
                if (first == (byte)'b')
                    boot = json.GetString();
                else if (first == (byte)'z')
                    zero = json.GetInt64();
                else
                    waits = json.GetBoolean();
            }

            rest = (int)json.TokenStartIndex;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new BatchFormatException("bad_record", $"A pack's clock stamp cannot be read: {e.Message}", e);
        }

        if (zero is < -LatestZero or > LatestZero)
            throw new BatchFormatException("bad_record", "A pack's clock stamp names a beginning that cannot be.");
        return boot is null || zero is null ? null : new Stamp(boot, DateTimeOffset.FromUnixTimeMilliseconds(zero.Value), waits);
    }

    /// <summary>Writes a pack, with this stamp ahead when there is one.</summary>
    public static ReadOnlyMemory<byte> Write(Stamp? stamp, ReadOnlySpan<Reading> readings)
    {
        var output = new ArrayBufferWriter<byte>(32 * 1024);
        Senml.Write(output, readings);
        if (stamp is null || readings.Length == 0)
            return output.WrittenMemory;

        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"[{{\"boot\":{JsonSerializer.Serialize(stamp.Boot, PackJson.Default.String)},\"zero\":{stamp.Zero.ToUnixTimeMilliseconds()},"
            + $"{(stamp.Waits ? "\"wait\":true," : "")}"));
        var pack = new byte[head.Length + output.WrittenCount - 2];
        head.CopyTo(pack, 0);
        output.WrittenSpan[2..].CopyTo(pack.AsSpan(head.Length));
        return pack;
    }
}

[JsonSerializable(typeof(string))]
internal sealed partial class PackJson : JsonSerializerContext;
