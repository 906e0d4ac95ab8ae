using System.Buffers.Binary;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// The bytes before the payload in a batch's document: names and types of the fields are the same in every one, but for the sequence,
/// which only a document keyed by its slot has.
/// </summary>
internal readonly record struct BatchHead(
    int Bytes, long Sequence, BatchKind Kind, int Readings, long AppendedTicks, long Checksum, int PayloadBytes)
{
    private const int KeyAt = 4;
    private const int NumberBytes = 8;
    private const int FieldsAt = 17;
    private const int FieldsBytes = 44;
    private const int SequenceBytes = 11;

    public static bool TryRead(ReadOnlySpan<byte> from, out BatchHead head)
    {
        head = default;
        if (!TryReadSequence(from, out var sequence, out var fieldsAt) || from.Length < fieldsAt + FieldsBytes)
            return false;
        var at = from[fieldsAt..];
        if (!at[..3].SequenceEqual("\u0010k\0"u8) || !at[7..10].SequenceEqual("\u0010n\0"u8)
            || !at[14..17].SequenceEqual("\u0012t\0"u8) || !at[25..28].SequenceEqual("\u0012c\0"u8)
            || !at[36..39].SequenceEqual("\u0005p\0"u8))
            return false;
        var payload = BinaryPrimitives.ReadInt32LittleEndian(at[39..]);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(at[17..]);
        var bytes = fieldsAt + FieldsBytes;
        if (payload is < 0 or > BufferedBatch.LargestPayloadBytes || BinaryPrimitives.ReadInt32LittleEndian(from) != bytes + payload + 1
            || ticks is < 0 or > BatchDocuments.LatestTicks)
            return false;
        head = new(
            bytes,
            sequence,
            (BatchKind)BinaryPrimitives.ReadInt32LittleEndian(at[3..]),
            BinaryPrimitives.ReadInt32LittleEndian(at[10..]),
            ticks,
            BinaryPrimitives.ReadInt64LittleEndian(at[28..]),
            payload);
        return true;
    }

    /// <summary>The sequence of a document that begins as a batch's does; false where it is another document.</summary>
    public static bool TryReadSequence(ReadOnlySpan<byte> from, out long sequence, out int fieldsAt)
    {
        (sequence, fieldsAt) = (0, FieldsAt);
        if (from.Length < FieldsAt + SequenceBytes + NumberBytes || !from[KeyAt..(KeyAt + 5)].SequenceEqual("\u0012_id\0"u8))
            return false;
        var slotted = from[FieldsAt..(FieldsAt + 3)].SequenceEqual("\u0012q\0"u8);
        if (slotted)
            fieldsAt += SequenceBytes;
        sequence = BinaryPrimitives.ReadInt64LittleEndian(from[(fieldsAt - NumberBytes)..]);
        return from[fieldsAt..(fieldsAt + 3)].SequenceEqual("\u0010k\0"u8);
    }
}
