using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Cloud.Data;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Lake;

/// <summary>
/// Batches one after the other, as raw objects and the log hold them. Each is a line
/// <c>CRC {"log":…,"gateway":…,"stream":…,"first":…,"last":…,"received":…,"bytes":N}</c>, then N bytes exactly as received, then a line feed.
/// CRC is the CRC-32C, in eight hexadecimal digits, of all that follows the space behind it.
/// </summary>
internal static class RawFrames
{
    private const int CrcLength = 8;

    /// <summary>Longer heads are not written: gateway and stream are at most 64 characters each.</summary>
    private const int MaxHead = 512;

    /// <summary>Appends a batch.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="batch">What.</param>
    /// <param name="log">The number of the log's segment; 0 outside a log.</param>
    public static void Write(IBufferWriter<byte> to, RawBatch batch, long log = 0)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new Head(log, batch.Gateway, batch.Stream, batch.Range.First, batch.Range.Last, batch.Received, batch.Bytes.Length), RawJson.Default.Head);
        var length = CrcLength + 1 + head.Length + 1 + batch.Bytes.Length + 1;
        var frame = to.GetSpan(length)[..length];
        var body = frame[(CrcLength + 1)..];
        head.CopyTo(body);
        body[head.Length] = (byte)'\n';
        batch.Bytes.Span.CopyTo(body[(head.Length + 1)..]);
        body[^1] = (byte)'\n';
        frame[CrcLength] = (byte)' ';
        Encoding.ASCII.GetBytes(Crc32C.Of(body).ToString("x8", CultureInfo.InvariantCulture), frame);
        to.Advance(length);
    }

    /// <summary>Reads the batch that begins at <paramref name="offset"/>, and moves it behind.</summary>
    /// <returns>Null when none that is whole begins there.</returns>
    public static (RawBatch Batch, long Log)? Read(ReadOnlyMemory<byte> bytes, ref int offset)
    {
        var rest = bytes.Span[offset..];
        if (rest.Length < CrcLength + 2 || rest[CrcLength] != ' ' || !uint.TryParse(rest[..CrcLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc))
            return null;

        var body = rest[(CrcLength + 1)..];
        var line = body[..Math.Min(body.Length, MaxHead)].IndexOf((byte)'\n');
        if (line < 0 || Parse(body[..line]) is not { } head || head.Bytes < 0 || body.Length < line + 2L + head.Bytes)
            return null;

        body = body[..(line + 2 + head.Bytes)];
        if (Crc32C.Of(body) != crc)
            return null;

        var start = offset + CrcLength + 1 + line + 1;
        offset = start + head.Bytes + 1;
        return (new RawBatch(head.Gateway, head.Stream, new SequenceRange(head.First, head.Last), head.Received, bytes.Slice(start, head.Bytes)), head.Log);
    }

    /// <summary>All batches of an object.</summary>
    /// <param name="bytes">The object.</param>
    /// <param name="damaged">How many stretches of it hold no batch that is whole.</param>
    public static IReadOnlyList<RawBatch> ReadAll(ReadOnlyMemory<byte> bytes, out int damaged)
    {
        var batches = new List<RawBatch>();
        damaged = 0;
        var offset = 0;
        while (offset < bytes.Length)
        {
            if (Read(bytes, ref offset) is { } found)
            {
                batches.Add(found.Batch);
                continue;
            }

            damaged++;
            offset = NextStart(bytes.Span, offset + 1);
        }

        return batches;
    }

    /// <summary>The next place from <paramref name="offset"/> on where a batch may begin; the length when there is none.</summary>
    public static int NextStart(ReadOnlySpan<byte> bytes, int offset)
    {
        while (offset < bytes.Length)
        {
            var at = bytes[offset..].IndexOf(" {\"log\":"u8);
            if (at < 0)
                return bytes.Length;
            if (offset + at - CrcLength >= offset)
                return offset + at - CrcLength;
            offset += at + 1;
        }

        return bytes.Length;
    }

    private static Head? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RawJson.Default.Head);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record Head(
        [property: JsonPropertyName("log")] long Log,
        [property: JsonPropertyName("gateway")] string Gateway,
        [property: JsonPropertyName("stream")] string Stream,
        [property: JsonPropertyName("first")] long First,
        [property: JsonPropertyName("last")] long Last,
        [property: JsonPropertyName("received")] DateTimeOffset Received,
        [property: JsonPropertyName("bytes")] int Bytes);
}

[JsonSerializable(typeof(RawFrames.Head))]
internal sealed partial class RawJson : JsonSerializerContext;
