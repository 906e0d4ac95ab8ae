using System.IO.Compression;
using System.Text;
using System.Text.Json;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Erasure;

/// <summary>Search for devices' names in bytes that nothing else can read.</summary>
internal static class Traces
{
    /// <summary>Looks into bytes as they are, inflated when they are gzip, and into the payload when they are a queue's message.</summary>
    public static bool Name(ReadOnlySpan<byte> bytes, IReadOnlySet<DeviceId> devices)
    {
        foreach (var device in devices)
        {
            if (bytes.IndexOf(Encoding.UTF8.GetBytes(device.ToString())) >= 0)
                return true;
        }

        return bytes is [0x1f, 0x8b, ..] ? InInflated(bytes, devices) : Payload(bytes) is { } payload && Name(payload, devices);
    }

    /// <summary>Looks into all that comes out, stretch by stretch: what a message inflates to has no bound here.</summary>
    private static bool InInflated(ReadOnlySpan<byte> bytes, IReadOnlySet<DeviceId> devices)
    {
        byte[][] names = [.. devices.Select(d => Encoding.UTF8.GetBytes(d.ToString()))];
        var (stretch, kept) = (new byte[64 * 1024], 0);
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
            for (int n; (n = gzip.Read(stretch, kept, stretch.Length - kept)) > 0;)
            {
                var (length, all) = (kept + n, stretch);
                if (Array.Exists(names, name => all.AsSpan(0, length).IndexOf(name) >= 0))
                    return true;

                // A name may lie across two stretches.
                kept = Math.Min(DeviceId.MaxLength, length);
                stretch.AsSpan(length - kept, kept).CopyTo(stretch);
            }
        }
        catch (InvalidDataException)
        {
            // What came before the damage was looked at.
        }

        return false;
    }

    private static byte[]? Payload(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [(byte)'{', ..])
            return null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            return JsonElement.TryParseValue(ref reader, out var message) && message.Value.TryGetProperty("payload", out var payload)
                && payload.ValueKind == JsonValueKind.String
                && payload.TryGetBytesFromBase64(out var inside) ? inside : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
