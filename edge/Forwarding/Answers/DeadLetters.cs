using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Forwarding.Answers;

/// <summary>
/// Keeps what the cloud will never take: one file a refused batch in <c>dead-letters/</c>, named by stream and sequence, with the reason
/// and the SenML pack itself, so that a person can read, mend and queue it again. A file moved to <c>dead-letters/requeue/</c> is taken up
/// by the gateway (<see cref="Requeuer"/>), now or when it next starts. They take no more than a bound, beyond which what is refused stays
/// in the buffer, whose own bounds hold.
/// </summary>
internal sealed class DeadLetters
{
    /// <summary>Bytes that the letters may take together.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    private readonly string _directory;
    private readonly long _maxBytes;
    private readonly ConcurrentDictionary<string, DeadLetter> _known = new(StringComparer.Ordinal);

    private long _bytes;

    /// <param name="directory">The folder; made when it is absent.</param>
    /// <param name="maxBytes">What the letters may take together.</param>
    public DeadLetters(string directory, long maxBytes = MaxBytes)
    {
        (_directory, _maxBytes) = (directory, maxBytes);
        DurableFile.CreateFolder(directory);
        DurableFile.CreateFolder(RequeueFolder);
        _bytes = Bytes();
    }

    /// <summary>Folder of letters that are to be sent once more.</summary>
    public string RequeueFolder => Path.Combine(_directory, "requeue");

    /// <summary>The letters by name. A letter is read once.</summary>
    public IReadOnlyList<DeadLetter> All()
    {
        var names = Directory.EnumerateFiles(_directory, "*.json")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _known.Keys.Where(n => !names.Contains(n)))
            _known.TryRemove(gone, out _);
        return [.. names.Order(StringComparer.Ordinal).Select(n => _known.GetOrAdd(n, name => DeadLetter.Read(PathOf(name))))];
    }

    /// <summary>Number of letters by reason.</summary>
    public IReadOnlyDictionary<string, int> ByReason() =>
        new SortedDictionary<string, int>(
            All().GroupBy(l => l.Reason, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            StringComparer.Ordinal);

    /// <summary>The file of a letter.</summary>
    public string PathOf(string name) => Path.Combine(_directory, name + ".json");

    /// <summary>Keeps a batch; returns when it is on disk. Keeping it twice keeps it once.</summary>
    /// <exception cref="IOException">The letters take all they may, or the disk refuses.</exception>
    public void Add(string stream, BufferedBatch batch, string reason, DateTimeOffset at)
    {
        var output = new ArrayBufferWriter<byte>(batch.Payload.Length + 512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("stream"u8, stream);
            json.WriteNumber("sequence"u8, batch.Sequence);
            json.WriteString("refusedAt"u8, at);
            json.WriteString("reason"u8, reason);
            json.WriteNumber("readings"u8, batch.Readings);
            if (batch.Kind == BatchKind.Alarm)
                json.WriteBoolean("alarm"u8, true);
            json.WritePropertyName("senml"u8);
            json.WriteRawValue(batch.Payload.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        // Counted anew before it says no: a person may have taken letters away.
        if (_bytes + output.WrittenCount > _maxBytes && (_bytes = Bytes()) + output.WrittenCount > _maxBytes)
            throw new IOException(
                $"The dead letters take {_bytes:N0} bytes, of {_maxBytes:N0} that they may; export, requeue or drop some.");
        DurableFile.Write(PathOf(string.Create(CultureInfo.InvariantCulture, $"{stream}-{batch.Sequence:D12}")), output.WrittenSpan);
        _bytes += output.WrittenCount;
    }

    private long Bytes() => new DirectoryInfo(_directory).EnumerateFiles("*.json").Sum(f => f.Length);
}

/// <summary>Facts that stand on a dead letter.</summary>
/// <param name="Name">Its file's name without <c>.json</c>.</param>
/// <param name="Reason">Why it was refused; <c>unreadable</c> when the file is no letter.</param>
/// <param name="Readings">How many readings it holds.</param>
/// <param name="RefusedAt">When it was refused, by the gateway's clock; null when unreadable.</param>
internal sealed record DeadLetter(string Name, string Reason, int Readings, DateTimeOffset? RefusedAt)
{
    public static DeadLetter Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        try
        {
            using var letter = JsonDocument.Parse(OrdinaryFile.Read(file));
            var root = letter.RootElement;
            return new DeadLetter(
                name, root.GetProperty("reason").GetString() ?? "unreadable", root.GetProperty("readings").GetInt32(),
                root.GetProperty("refusedAt").GetDateTimeOffset());
        }
        catch (Exception e)
            when (e.IsFromDisk() || e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new DeadLetter(name, "unreadable", 0, null);
        }
    }
}
