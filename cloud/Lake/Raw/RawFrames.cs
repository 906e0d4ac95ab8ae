using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Batches one after the other, as raw objects and the log hold them. Each is a line
/// <c>CRC {"log":…,"gateway":…,"stream":…,"first":…,"last":…,"received":…,"bytes":N}</c>, then N bytes exactly as received, then a line
/// feed.
/// <c>log</c> is the number of the log's segment where one was written first, else 0: a raw object has the frames of its segment as they
/// were. CRC is the CRC-32C, in eight hexadecimal digits, of all that follows the space behind it.
/// </summary>
internal static class RawFrames
{
    private const int CrcLength = 8;

    /// <summary>Longer heads are not written: gateway and stream are at most 64 characters each.</summary>
    private const int MaxHead = 512;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Appends a batch.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="batch">What.</param>
    /// <param name="log">The number of the log's segment; 0 outside a log.</param>
    public static void Write(IBufferWriter<byte> to, RawBatch batch, long log = 0)
    {
        Span<byte> plain = stackalloc byte[MaxHead];
        var head = WritePlain(plain, batch, log, out var written)
            ? plain[..written]
            : JsonSerializer.SerializeToUtf8Bytes(
                new Head(log, batch.Gateway, batch.Stream, batch.Range.First, batch.Range.Last, batch.Received, batch.Bytes.Length),
                RawJson.Default.Head);
        var length = CrcLength + 1 + head.Length + 1 + batch.Bytes.Length + 1;
        var frame = to.GetSpan(length)[..length];
        var body = frame[(CrcLength + 1)..];
        head.CopyTo(body);
        body[head.Length] = (byte)'\n';
        batch.Bytes.Span.CopyTo(body[(head.Length + 1)..]);
        body[^1] = (byte)'\n';
        frame[CrcLength] = (byte)' ';
        Crc32C.Of(body).TryFormat(frame, out _, "x8", CultureInfo.InvariantCulture);
        to.Advance(length);
    }

    /// <summary>Reads the batch that begins at <paramref name="offset"/>, and moves it behind.</summary>
    /// <param name="bytes">An object or a segment.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="before">The batch read before, whose names this one has more often than not.</param>
    /// <returns>The batch, its segment's number and its frame; null when none that is whole begins there.</returns>
    public static (RawBatch Batch, long Log, ReadOnlyMemory<byte> Frame)? Read(
        ReadOnlyMemory<byte> bytes, ref int offset, RawBatch? before = null)
    {
        var begin = offset;
        var rest = bytes.Span[offset..];
        if (rest.Length < CrcLength + 2 || rest[CrcLength] != ' '
            || !uint.TryParse(rest[..CrcLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc))
            return null;

        var body = rest[(CrcLength + 1)..];
        var line = body[..Math.Min(body.Length, MaxHead)].IndexOf((byte)'\n');
        if (line < 0 || Parse(body[..line], before) is not { } head || head.Bytes < 0 || body.Length < line + 2L + head.Bytes)
            return null;

        body = body[..(line + 2 + head.Bytes)];
        if (Crc32C.Of(body) != crc)
            return null;

        var start = offset + CrcLength + 1 + line + 1;
        offset = start + head.Bytes + 1;
        return (
            new RawBatch(
                head.Gateway, head.Stream, new SequenceRange(head.First, head.Last), head.Received, bytes.Slice(start, head.Bytes)),
                head.Log, bytes[begin..offset]);
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
            if (Read(bytes, ref offset, batches.LastOrDefault()) is { } found)
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

    private static bool IsPlain(RawBatch batch) =>
        !batch.Gateway.AsSpan().ContainsAnyExcept(Plain) && !batch.Stream.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>The head where nothing in it must be escaped, many times a second.</summary>
    private static bool WritePlain(Span<byte> to, RawBatch batch, long log, out int written)
    {
        written = 0;
        return IsPlain(batch) && Utf8.TryWrite(
            to, CultureInfo.InvariantCulture,
            $"{{\"log\":{log},\"gateway\":\"{batch.Gateway}\",\"stream\":\"{batch.Stream}\","
                + $"\"first\":{batch.Range.First},\"last\":{batch.Range.Last},"
                + $"\"received\":\"{batch.Received:O}\",\"bytes\":{batch.Bytes.Length}}}",
            out written);
    }

    private static Head? Parse(ReadOnlySpan<byte> line, RawBatch? before)
    {
        try
        {
            return ParseEach(line, before) ?? JsonSerializer.Deserialize(line, RawJson.Default.Head);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The head without a serializer's detours; null for one that has not what every head has.</summary>
    private static Head? ParseEach(ReadOnlySpan<byte> line, RawBatch? before)
    {
        var json = new Utf8JsonReader(line);
        var (log, first, last, bytes) = (0L, 0L, 0L, -1);
        string? gateway = null, stream = null;
        DateTimeOffset? received = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref json, "log"u8))
                log = json.GetInt64();
            else if (Is(ref json, "gateway"u8))
                gateway = Name(ref json, before?.Gateway);
            else if (Is(ref json, "stream"u8))
                stream = Name(ref json, before?.Stream);
            else if (Is(ref json, "first"u8))
                first = json.GetInt64();
            else if (Is(ref json, "last"u8))
                last = json.GetInt64();
            else if (Is(ref json, "received"u8))
                received = json.GetDateTimeOffset();
            else if (Is(ref json, "bytes"u8))
                bytes = json.GetInt32();
            else
                return null;
        }

        return gateway is null || stream is null || received is null || bytes < 0 || json.TokenType != JsonTokenType.EndObject
            || json.Read()
            ? null
            : new Head(log, gateway, stream, first, last, received.Value, bytes);
    }

    /// <summary>True when the property has this name; then the reader stands on its value.</summary>
    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();

    private static string? Name(ref Utf8JsonReader json, string? known) =>
        known is not null && json.ValueTextEquals(known) ? known : json.GetString();

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
