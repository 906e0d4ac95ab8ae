using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Ledger of the log: which segments must be there and how much each holds at least, in a file beside the log's folder, so that one that
/// was emptied, overwritten or deleted is missed. It is written every few seconds and when a segment goes, never with a commit.
/// </summary>
internal sealed class LogLedger(string file)
{
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
            var notes = JsonSerializer.Deserialize(OrdinaryFile.Read(file), LedgerJson.Default.SegmentNoteArray) ?? [];
            Segments = notes.OfType<SegmentNote>().DistinctBy(n => n.Number).ToDictionary(n => n.Number);
            return null;
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            return $"{file} cannot be read ({e.Message}): which segments of the log must be there is not known";
        }
    }

    /// <summary>Replaces it, durably; not written when it says this already.</summary>
    public void Write(IReadOnlyList<SegmentNote> notes)
    {
        if (Segments is { } known && known.Count == notes.Count && notes.All(n => known.GetValueOrDefault(n.Number) == n))
            return;
        DurableFile.Write(file, JsonSerializer.SerializeToUtf8Bytes([.. notes], LedgerJson.Default.SegmentNoteArray));
        Segments = notes.ToDictionary(n => n.Number);
    }
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
