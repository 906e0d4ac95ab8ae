using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Hosting;
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

    /// <summary>
    /// Letters that are kept: each is a file that every look at the folder lists, and small ones alone would never fill the bytes.
    /// </summary>
    public const int MaxLetters = 10_000;

    private readonly string _directory;
    private readonly long _maxBytes;
    private readonly int _maxLetters;
    private readonly ConcurrentDictionary<string, DeadLetter> _known = new(StringComparer.Ordinal);

    private (int Letters, long Bytes) _kept;

    /// <param name="directory">The folder; made when it is absent.</param>
    /// <param name="maxBytes">What the letters may take together.</param>
    /// <param name="maxLetters">How many they may be.</param>
    public DeadLetters(string directory, long maxBytes = MaxBytes, int maxLetters = MaxLetters)
    {
        (_directory, _maxBytes, _maxLetters) = (directory, maxBytes, maxLetters);
        DurableFile.CreateFolder(directory);
        DurableFile.CreateFolder(RequeueFolder);
        _kept = Count();
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
        if (!Fits(output.WrittenCount))
            _kept = Count();
        if (!Fits(output.WrittenCount))
            throw new IOException(
                $"There are {Counted.Of(_kept.Letters, "dead letter", "dead letters")} of {_kept.Bytes:N0} bytes, of {_maxLetters:N0} and "
                    + $"{_maxBytes:N0} that they may be; export, requeue or drop some.");
        DurableFile.Write(PathOf(string.Create(CultureInfo.InvariantCulture, $"{stream}-{batch.Sequence:D12}")), output.WrittenSpan);
        _kept = (_kept.Letters + 1, _kept.Bytes + output.WrittenCount);
    }

    private bool Fits(int bytes) => _kept.Letters < _maxLetters && _kept.Bytes + bytes <= _maxBytes;

    private (int Letters, long Bytes) Count()
    {
        var letters = new DirectoryInfo(_directory).GetFiles("*.json");
        return (letters.Length, letters.Sum(l => l.Length));
    }
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
