using System.Globalization;
using System.Text.Json;
using IotGateway.Edge.Buffer;

namespace IotGateway.Edge.Uplinks;

/// <summary>
/// Keeps what the cloud will never take: one file a refused batch in <c>dead-letters/</c>, named by stream and sequence, with the
/// reason and the SenML pack itself, so that a person can read, mend and queue it again.
/// </summary>
internal sealed class DeadLetters
{
    private readonly string _directory;

    public DeadLetters(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How many there are.</summary>
    public int Count => Directory.EnumerateFiles(_directory, "*.json").Count();

    /// <summary>Keeps a batch; returns when it is on disk. Keeping it twice keeps it once.</summary>
    public void Add(string stream, BufferedBatch batch, string reason, DateTimeOffset at)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{stream}-{batch.Sequence:D12}.json");
        var temporary = Path.Combine(_directory, name + ".part");
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            using (var json = new Utf8JsonWriter(file))
            {
                json.WriteStartObject();
                json.WriteString("stream"u8, stream);
                json.WriteNumber("sequence"u8, batch.Sequence);
                json.WriteString("refusedAt"u8, at);
                json.WriteString("reason"u8, reason);
                json.WriteNumber("readings"u8, batch.Readings);
                json.WritePropertyName("senml"u8);
                json.WriteRawValue(batch.Payload.Span, skipInputValidation: true);
                json.WriteEndObject();
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(_directory, name), overwrite: true);
    }
}
