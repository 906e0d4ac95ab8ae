using System.Globalization;
using System.Text;
using IotGateway.Cloud.Objects;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Ledger of the raw objects this process wrote, a file a day of arrival, which is only added to, a line an object:
/// <c>CRC BYTES SUM KEY</c>. SUM is the CRC-32C of the object and CRC that of the rest of the line; BYTES is -1 for one that was let go.
/// So an object that is emptied, changed or deleted is missed. It lies beside the lake, not in it.
/// </summary>
internal sealed class RawLedger(string folder)
{
    private const string Ending = ".txt";

    private readonly Lock _gate = new();

    /// <summary>The days it has something of, ascending.</summary>
    public IReadOnlyList<DateOnly> Days() => !Directory.Exists(folder)
        ? []
        :
        [
            .. Directory.EnumerateFiles(folder, $"*{Ending}")
                .Select(f => DayOf(Path.GetFileNameWithoutExtension(f)))
                .OfType<DateOnly>()
                .Order(),
        ];

    /// <summary>Notes of a day's objects, by key; an object let go is not among them.</summary>
    public Dictionary<string, RawNote> Read(DateOnly day)
    {
        var notes = new Dictionary<string, RawNote>(StringComparer.Ordinal);
        if (!File.Exists(FileOf(day)))
            return notes;
        foreach (var line in File.ReadLines(FileOf(day)))
        {
            // A line that a crash cut off is one that nobody waited for.
            if (Parse(line) is not { } note)
                continue;
            if (note.Bytes < 0)
                notes.Remove(note.Key);
            else
                notes[note.Key] = note;
        }

        return notes;
    }

    /// <summary>Notes objects; durable once it returns.</summary>
    public void Add(IEnumerable<RawNote> notes)
    {
        lock (_gate)
        {
            foreach (var day in notes.GroupBy(n => RawObjects.DayOf(n.Key)))
            {
                if (day.Key is { } date)
                    Append(date, day);
            }
        }
    }

    /// <summary>Notes that objects were let go.</summary>
    public void Forget(IEnumerable<string> keys) =>
        Add(keys.Where(k => RawObjects.DayOf(k) is { } day && File.Exists(FileOf(day))).Select(k => new RawNote(k, -1, 0)));

    private void Append(DateOnly day, IEnumerable<RawNote> notes)
    {
        DurableFile.CreateFolder(folder);
        var isNew = !File.Exists(FileOf(day));

        // The line before may be cut off.
        var text = new StringBuilder("\n");
        foreach (var note in notes)
        {
            var rest = string.Create(CultureInfo.InvariantCulture, $"{note.Bytes} {note.Sum:x8} {note.Key}");
            text.Append(CultureInfo.InvariantCulture, $"{Crc32C.Of(Encoding.ASCII.GetBytes(rest)):x8} {rest}\n");
        }

        using (var file = new FileStream(FileOf(day), DurableFile.Private(FileMode.Append, FileAccess.Write, FileShare.Read)))
        {
            file.Write(Encoding.ASCII.GetBytes(text.ToString()));
            file.Flush(flushToDisk: true);
        }

        if (isNew)
            DurableFile.SyncFolder(folder);
    }

    private string FileOf(DateOnly day) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}{Ending}"));

    private static RawNote? Parse(string line) =>
        line.Length > 9 && line.Split(' ') is [var crc, var bytes, var sum, var key] && ObjectKey.IsKey(key)
        && Hex(crc) is { } check && check == Crc32C.Of(Encoding.ASCII.GetBytes(line[9..])) && Hex(sum) is { } of
        && long.TryParse(bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length)
            ? new RawNote(key, length, of)
            : null;

    private static uint? Hex(string text) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateOnly? DayOf(string name) =>
        DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A raw object as the ledger knows it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size; less than 0 for one that was let go.</param>
/// <param name="Sum">The CRC-32C of its bytes.</param>
internal sealed record RawNote(string Key, long Bytes, uint Sum)
{
    /// <summary>The note of an object as it is now.</summary>
    public static RawNote Of(string key, ReadOnlySpan<byte> bytes) => new(key, bytes.Length, Crc32C.Of(bytes));

    /// <summary>True when an object is what was noted.</summary>
    public bool Fits(ReadOnlySpan<byte> bytes) => bytes.Length == Bytes && Crc32C.Of(bytes) == Sum;
}
