using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Clock;

/// <summary>
/// How a pack was timed while the gateway did not know the time: its times are the monotonic clock of one run of the machine, added to
/// what the wall clock then made of that run's beginning. Knowing the beginning rightly puts the whole pack right by one shift.
/// </summary>
/// <param name="Boot">The run of the machine.</param>
/// <param name="Zero">The assumed time at which that run's monotonic clock stood at zero.</param>
/// <param name="Waits">Whether a reading in the pack hangs on it (<see cref="Quality.ClockUnsure"/>), so that it should not go out before the time is known.</param>
/// <remarks>
/// It stands in the pack's first record as <c>boot</c>, <c>zero</c> (Unix milliseconds) and <c>wait</c>, ahead of everything else, so that
/// a pack without one is known by its first bytes. Packs in the buffer and in dead letters have it, messages to the cloud never do.
/// </remarks>
internal sealed record Stamp(string Boot, DateTimeOffset Zero, bool Waits)
{
    private static readonly byte[] Opening = "[{\"boot\":"u8.ToArray();

    /// <summary>A device's time later than this after the gateway's own is not believed; the same as where readings are checked.</summary>
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The year 2200 in Unix milliseconds: what lies beyond was written by hand, and times shifted from it may be none.</summary>
    private const long LatestZero = 7_258_118_400_000;

    /// <summary>The stamp of a pack; null when it has none.</summary>
    /// <exception cref="BatchFormatException">It begins like one and is none.</exception>
    public static Stamp? Of(ReadOnlySpan<byte> pack) => Of(pack, out _);

    /// <summary>A stamped pack without its stamp, its times as they are.</summary>
    public static ReadOnlyMemory<byte> Strip(ReadOnlySpan<byte> pack)
    {
        Of(pack, out var rest);
        return (byte[])[.. "[{"u8, .. pack[rest..]];
    }

    private static Stamp? Of(ReadOnlySpan<byte> pack, out int rest)
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
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName && (json.ValueTextEquals("boot"u8) || json.ValueTextEquals("zero"u8) || json.ValueTextEquals("wait"u8)))
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
            $"[{{\"boot\":{JsonSerializer.Serialize(stamp.Boot, ClockJson.Default.String)},\"zero\":{stamp.Zero.ToUnixTimeMilliseconds()},{(stamp.Waits ? "\"wait\":true," : "")}"));
        var pack = new byte[head.Length + output.WrittenCount - 2];
        head.CopyTo(pack, 0);
        output.WrittenSpan[2..].CopyTo(pack.AsSpan(head.Length));
        return pack;
    }

    /// <summary>The readings with their times put right, now that the run's beginning is known; checked anew against the right time.</summary>
    public Reading[] Retime(ReadOnlySpan<Reading> readings, DateTimeOffset zero)
    {
        var shift = zero - Zero;
        var right = new Reading[readings.Length];
        for (var i = 0; i < readings.Length; i++)
        {
            var r = readings[i];
            var received = Reading.ToMilliseconds(r.Received + shift);
            var quality = r.Quality & ~Quality.ClockUnsure;
            if (quality.HasFlag(Quality.GatewayTime))
                right[i] = r with { Received = received, Time = Reading.ToMilliseconds(r.Time + shift), Quality = quality | Quality.Retimed };
            else if (r.Quality.HasFlag(Quality.ClockUnsure) && r.Time > received + FutureTolerance)
                right[i] = r with { Received = received, Time = received, Quality = quality | Quality.FutureTime | Quality.GatewayTime | Quality.Retimed };
            else
                right[i] = r with { Received = received, Quality = quality };
        }

        return right;
    }
}
