using System.Buffers;
using System.Text.Json;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Retention;

/// <summary>
/// Takes some devices' readings out of a batch as received. The envelope stays as it came and gains <c>"redacted": true</c>.
/// </summary>
internal static class Redaction
{
    /// <summary>The batch without the devices, and how many readings that took; the same batch when it has none of theirs.</summary>
    /// <exception cref="BatchFormatException">It is no batch.</exception>
    public static (RawBatch Batch, int Removed) Without(IReadOnlySet<DeviceId> devices, RawBatch batch)
    {
        var decoded = Batch.Decode(batch.Bytes);
        var kept = Array.FindAll(decoded.Readings, r => !devices.Contains(r.Device));
        var removed = decoded.Readings.Length - kept.Length;
        return removed == 0 ? (batch, 0) : (batch with { Bytes = Written(decoded, kept, "redacted") }, removed);
    }

    /// <summary>A batch's envelope with other readings, and a word that says so: <c>"redacted": true</c>.</summary>
    public static byte[] Written(Batch batch, Reading[] kept, string word)
    {
        var pack = new ArrayBufferWriter<byte>();
        Senml.Write(pack, kept);
        var output = new ArrayBufferWriter<byte>(pack.WrittenCount + 512);
        using (var json = new Utf8JsonWriter(output))
        {
            var plain = Batch.Encode(
                batch.Gateway, batch.Stream, new SequenceRange(batch.First, batch.Last), batch.Sent, batch.Clock, batch.Gaps, []);
            using var envelope = JsonDocument.Parse(plain);
            json.WriteStartObject();
            foreach (var property in envelope.RootElement.EnumerateObject().Where(p => p.Name != "senml"))
                property.WriteTo(json);
            json.WriteBoolean(word, true);
            json.WritePropertyName("senml"u8);
            json.WriteRawValue(pack.WrittenSpan);
            json.WriteEndObject();
        }

        return output.WrittenSpan.Length <= Batch.MaxBytes ? output.WrittenSpan.ToArray() : Packed(output.WrittenSpan);
    }

    private static byte[] Packed(ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
