using System.IO.Compression;
using System.Text;
using System.Text.Json;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

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

        return bytes is [0x1f, 0x8b, ..] ? Name(Inflated(bytes), devices) : Payload(bytes) is { } payload && Name(payload, devices);
    }

    private static ReadOnlySpan<byte> Inflated(ReadOnlySpan<byte> bytes)
    {
        using var plain = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
            var chunk = new byte[16 * 1024];
            for (int n; plain.Length < Batch.MaxInflatedBytes && (n = gzip.Read(chunk)) > 0;)
                plain.Write(chunk, 0, n);
        }
        catch (InvalidDataException)
        {
            // What came before the damage is looked at.
        }

        return plain.GetBuffer().AsSpan(0, (int)plain.Length);
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
