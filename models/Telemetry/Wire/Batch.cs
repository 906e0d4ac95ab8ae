using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using IotGateway.Telemetry.Wire.Records;

namespace IotGateway.Telemetry.Wire;

/// <summary>
/// A gateway's message: the readings of the sequences <see cref="First"/> to <see cref="Last"/> of its stream.
/// On the wire it is JSON, gzip-compressed when that pays; the JSON Schema is <see cref="JsonSchema"/>.
/// </summary>
/// <param name="Gateway">The gateway's name; the receiver checks it against the sender's certificate.</param>
/// <param name="Stream">Names the run of sequences, 1 to 64 letters and digits; a gateway that starts counting anew (its buffer was
/// replaced) takes a new one.</param>
/// <param name="First">The first sequence, at least 1.</param>
/// <param name="Last">The last sequence, at least <paramref name="First"/>.</param>
/// <param name="Sent">When it was sent, by the gateway's clock.</param>
/// <param name="Clock">How good that clock was: <c>synchronised</c>, <c>unsynchronised</c> or <c>unknown</c>.</param>
/// <param name="Gaps">Readings that the gateway lost before it could send them, with the cause; usually none.</param>
/// <param name="Readings">The readings, in the order in which they were received.</param>
public sealed record Batch(
    string Gateway, string Stream, long First, long Last, DateTimeOffset Sent, string Clock, IReadOnlyList<Gap> Gaps, Reading[] Readings)
{
    /// <summary>Records that are no readings and were kept out; usually none.</summary>
    public OtherRecords Others { get; init; }

    /// <summary>The wire format's version.</summary>
    public const int Schema = 1;

    /// <summary>The greatest size of a message as sent: AWS IoT Core takes no more.</summary>
    public const int MaxBytes = 128 * 1024;

    /// <summary>The greatest size of a message after decompression; bounds what a receiver spends on a hostile one.</summary>
    public const int MaxInflatedBytes = 1024 * 1024;

    /// <summary>Below this size compression is not tried.</summary>
    private const int GzipFrom = 512;

    /// <summary>The JSON Schema of the wire format.</summary>
    public static string JsonSchema()
    {
        using var resource = typeof(Batch).Assembly.GetManifestResourceStream("IotGateway.Telemetry.batch.v1.schema.json")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    /// <summary>Writes a message from packs made by <see cref="Senml.Write"/>, in their order, without reading them again.</summary>
    /// <returns>The bytes to send; the caller checks them against <see cref="MaxBytes"/>.</returns>
    public static byte[] Encode(
        string gateway, string stream, SequenceRange range, DateTimeOffset sent, string clock, IReadOnlyList<Gap> gaps,
        IEnumerable<ReadOnlyMemory<byte>> packs)
    {
        var head = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(head))
        {
            json.WriteStartObject();
            json.WriteNumber("schema"u8, Schema);
            json.WriteString("gateway"u8, gateway);
            json.WriteString("stream"u8, stream);
            json.WriteNumber("first"u8, range.First);
            json.WriteNumber("last"u8, range.Last);
            json.WriteString("sent"u8, sent.ToUniversalTime());
            json.WriteString("clock"u8, clock);
            if (gaps.Count > 0)
            {
                json.WritePropertyName("gaps"u8);
                JsonSerializer.Serialize(json, [.. gaps], WireJson.Default.GapArray);
            }

            json.WriteEndObject();
        }

        var contents = packs.Where(p => p.Length > 2).ToArray();
        var size = head.WrittenCount + contents.Sum(p => p.Length) + 16;
        using var plain = new MemoryStream(size);
        plain.Write(head.WrittenSpan[..^1]);
        plain.Write(",\"senml\":["u8);
        for (var i = 0; i < contents.Length; i++)
        {
            if (i > 0)
                plain.Write(","u8);
            plain.Write(contents[i].Span[1..^1]);
        }

        plain.Write("]}"u8);
        return plain.Length < GzipFrom ? plain.ToArray() : Smaller(plain.GetBuffer().AsSpan(0, (int)plain.Length));
    }

    /// <summary>Reads a message, compressed or not.</summary>
    /// <exception cref="BatchFormatException">It is too large, no JSON, of another version, or a record in it is impossible.</exception>
    public static Batch Decode(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxBytes)
            throw new BatchFormatException("too_large", $"A batch has {message.Length:N0} bytes; at most {MaxBytes:N0} are taken.");

        return BatchReader.Read(IsGzip(message.Span) ? Inflate(message) : message.Span);
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, ..];

    private static byte[] Smaller(ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream(plain.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return packed.Length < plain.Length ? packed.ToArray() : plain.ToArray();
    }

    private static ReadOnlySpan<byte> Inflate(ReadOnlyMemory<byte> message)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(message.ToArray(), writable: false), CompressionMode.Decompress);
        var chunk = new byte[16 * 1024];
        try
        {
            for (int n; (n = gzip.Read(chunk)) > 0;)
            {
                if (plain.Length + n > MaxInflatedBytes)
                    throw new BatchFormatException("too_large", $"A batch inflates to more than {MaxInflatedBytes:N0} bytes.");
                plain.Write(chunk, 0, n);
            }
        }
        catch (InvalidDataException e)
        {
            throw new BatchFormatException("not_gzip", "A batch begins like gzip but cannot be inflated.", e);
        }

        return plain.GetBuffer().AsSpan(0, (int)plain.Length);
    }
}
