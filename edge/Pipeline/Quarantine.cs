using System.Globalization;
using System.Text.Json;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Pipeline;

/// <summary>
/// Store of what was refused, with the reason, for whoever must find out why: one JSON object a line in <c>quarantine/*.jsonl</c>, each
/// line durable before the message is acknowledged. The oldest file goes when there are more than <see cref="MaxFiles"/>; how many
/// messages went with it is counted.
/// </summary>
internal sealed class Quarantine : IDisposable
{
    public const long MaxFileBytes = 8 * 1024 * 1024;
    public const int MaxFiles = 8;

    /// <summary>Of a longer payload the beginning is kept; its true length stands beside it.</summary>
    public const int KeptPayloadBytes = 4096;

    private readonly string _directory;
    private readonly Counters _counters;
    private FileStream? _file;

    public Quarantine(string directory, Counters counters)
    {
        _directory = directory;
        _counters = counters;
        DurableFile.CreateFolder(directory);
    }

    /// <summary>Adds a message; returns when it is on disk.</summary>
    /// <exception cref="IOException">It could not be written; the message must not be acknowledged.</exception>
    public void Add(string source, RawMessage message, DateTimeOffset at, string reason, string explanation)
    {
        var file = _file ??= Open(at);
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, at);
            json.WriteString("source"u8, source);
            json.WriteString("topic"u8, message.Topic.Length > 256 ? message.Topic[..256] : message.Topic);
            json.WriteString("reason"u8, reason);
            json.WriteString("explanation"u8, explanation);
            json.WriteNumber("payloadBytes"u8, message.Payload.Length);
            json.WriteBase64String("payload"u8, message.Payload.Span[..Math.Min(message.Payload.Length, KeptPayloadBytes)]);
            json.WriteEndObject();
        }

        file.WriteByte((byte)'\n');
        file.Flush(flushToDisk: true);
        if (file.Length >= MaxFileBytes)
        {
            file.Dispose();
            _file = null;
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>The files of a quarantine, oldest first.</summary>
    public static string[] Files(string directory) =>
        [.. Directory.GetFiles(directory, "*.jsonl").OrderBy(Number).ThenBy(f => f, StringComparer.Ordinal)];

    private static long Number(string file) =>
        long.TryParse(Path.GetFileName(file).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private FileStream Open(DateTimeOffset now)
    {
        var files = Files(_directory);
        foreach (var old in files.SkipLast(MaxFiles - 1))
        {
            _counters.Add("quarantine.dropped", File.ReadLines(old).LongCount());
            File.Delete(old);
        }

        // Numbered, not ordered by time: a clock that was set back must not make the newest file the oldest.
        var next = files.Length == 0 ? 1 : Number(files[^1]) + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{next:D8}-{now.UtcDateTime:yyyyMMddTHHmmss}.jsonl");
        return new FileStream(Path.Combine(_directory, name), new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }
}
