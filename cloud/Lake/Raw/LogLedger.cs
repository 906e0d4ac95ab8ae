using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Ledger of the log: which segments must be there and how much each holds at least, in a file beside the log's folder, so that one that
/// was emptied, overwritten or deleted is missed. It is written every few seconds and when a segment goes, never with a commit. The file is
/// <c>CRC JSON</c>, with the CRC-32C of the rest: it says which times may be given, so one flipped bit must not be believed.
/// </summary>
internal sealed class LogLedger(string file)
{
    private const int Head = 9;

    /// <summary>Segments of the last ledger written or read, by number; null when there was no ledger.</summary>
    public IReadOnlyDictionary<long, SegmentNote>? Segments { get; private set; }

    /// <summary>Reads it.</summary>
    /// <returns>The problem with it; null when it is whole or absent.</returns>
    public string? Read()
    {
        if (!File.Exists(file))
            return null;
        try
        {
            var bytes = OrdinaryFile.Read(file);
            if (bytes.Length <= Head || !bytes.AsSpan(0, Head).SequenceEqual(HeadOf(bytes.AsSpan(Head))))
                return NotKnown("its checksum is another");
            var notes = JsonSerializer.Deserialize(bytes.AsSpan(Head), LedgerJson.Default.SegmentNoteArray) ?? [];
            Segments = notes.OfType<SegmentNote>().DistinctBy(n => n.Number).ToDictionary(n => n.Number);
            return null;
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            return NotKnown(e.Message);
        }
    }

    /// <summary>Replaces it, durably; not written when it says this already.</summary>
    public void Write(IReadOnlyList<SegmentNote> notes)
    {
        if (Segments is { } known && known.Count == notes.Count && notes.All(n => known.GetValueOrDefault(n.Number) == n))
            return;
        var json = JsonSerializer.SerializeToUtf8Bytes([.. notes], LedgerJson.Default.SegmentNoteArray);
        DurableFile.Write(file, [.. HeadOf(json), .. json]);
        Segments = notes.ToDictionary(n => n.Number);
    }

    private static byte[] HeadOf(ReadOnlySpan<byte> json) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Crc32C.Of(json):x8} "));

    private string NotKnown(string problem) =>
        $"{file} cannot be read ({problem}): which segments of the log must be there is not known";
}

/// <summary>A segment as the ledger knows it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Batches">Batches it holds at least.</param>
/// <param name="Newest">When the last of them was received.</param>
/// <param name="InObjects">True when all of them lie in raw objects, too.</param>
internal sealed record SegmentNote(long Number, long Batches, DateTimeOffset Newest, bool InObjects);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SegmentNote[]))]
internal sealed partial class LedgerJson : JsonSerializerContext;
