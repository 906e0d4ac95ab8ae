using System.IO.Compression;
using System.Text.Json;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Receive;

/// <summary>
/// Finds which sequences a batch that cannot be read was about, so that its gateway can be told. Reads as far as the JSON is sound.
/// </summary>
internal static class RangePeek
{
    private const int MaxPeekBytes = 64 * 1024;

    public static (string Stream, SequenceRange Range)? Find(ReadOnlyMemory<byte> message)
    {
        string? stream = null;
        long first = 0, last = 0;
        try
        {
            var json = new Utf8JsonReader(Start(message), isFinalBlock: false, state: default);
            while (json.Read())
            {
                if (json.CurrentDepth != 1 || json.TokenType != JsonTokenType.PropertyName)
                    continue;
                var name = json.GetString();
                if (!json.Read())
                    break;
                if (name == "stream" && json.TokenType == JsonTokenType.String)
                    stream = json.GetString();
                else if (name == "first" && json.TokenType == JsonTokenType.Number)
                    _ = json.TryGetInt64(out first);
                else if (name == "last" && json.TokenType == JsonTokenType.Number)
                    _ = json.TryGetInt64(out last);
                if (stream is not null && first > 0 && last > 0)
                    break;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            // What was found before the fault still stands.
        }

        return stream is { Length: > 0 and <= 64 } && stream.All(char.IsAsciiLetterOrDigit) && first >= 1 && last >= first
            ? (stream, new SequenceRange(first, last))
            : null;
    }

    private static ReadOnlySpan<byte> Start(ReadOnlyMemory<byte> message)
    {
        if (message.Span is not [0x1f, 0x8b, ..])
            return message.Span[..Math.Min(message.Length, MaxPeekBytes)];

        using var gzip = new GZipStream(new MemoryStream(message.ToArray(), writable: false), CompressionMode.Decompress);
        var start = new byte[MaxPeekBytes];
        return start.AsSpan(0, gzip.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
    }
}
