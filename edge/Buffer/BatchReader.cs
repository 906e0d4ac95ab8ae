using System.Buffers.Binary;
using IotGateway.Edge.Buffer.Storage;

namespace IotGateway.Edge.Buffer;

/// <summary>Reads the batches of one collection straight from the pages, in the form in which <see cref="BatchDocuments"/> writes them.</summary>
internal sealed class BatchReader(PageReader pages, BatchKind kind)
{
    private readonly DocumentFinder _documents = new(pages, BatchDocuments.Collection(kind));

    /// <summary>A batch, checked by its own checksum; null when it is not found in this way, or is not as it should be.</summary>
    public BufferedBatch? Find(long sequence)
    {
        if (_documents.Find(sequence) is not { } address
            || !_documents.TryReadBlock(address, extends: false, out var bytes, out var next)
            || !BatchHead.TryRead(bytes, out var head) || head.Sequence != sequence || head.Kind != kind)
            return null;
        var payload = GC.AllocateUninitializedArray<byte>(head.PayloadBytes);
        bytes = bytes[BatchHead.Bytes..];
        var done = 0;
        while (true)
        {
            // The document ends with one byte of its own after the payload.
            var part = Math.Min(bytes.Length, payload.Length - done);
            bytes[..part].CopyTo(payload.AsSpan(done));
            done += part;
            if (done == payload.Length)
                break;
            if (next == PageAddress.Empty || !_documents.TryReadBlock(next, extends: true, out bytes, out next))
                return null;
        }

        var batch = new BufferedBatch(head.Sequence, head.Kind, head.Readings, new DateTimeOffset(head.AppendedTicks, TimeSpan.Zero), payload);
        return BatchDocuments.Checksum(batch) == head.Checksum ? batch : null;
    }
}

/// <summary>What stands before the payload in a batch's document: names and types of the fields are the same in every one.</summary>
internal readonly record struct BatchHead(long Sequence, BatchKind Kind, int Readings, long AppendedTicks, long Checksum, int PayloadBytes)
{
    public const int Bytes = 61;

    public static bool TryRead(ReadOnlySpan<byte> from, out BatchHead head)
    {
        head = default;
        if (from.Length < Bytes
            || !from[4..9].SequenceEqual("\u0012_id\0"u8) || !from[17..20].SequenceEqual("\u0010k\0"u8) || !from[24..27].SequenceEqual("\u0010n\0"u8)
            || !from[31..34].SequenceEqual("\u0012t\0"u8) || !from[42..45].SequenceEqual("\u0012c\0"u8) || !from[53..56].SequenceEqual("\u0005p\0"u8))
            return false;
        var payload = BinaryPrimitives.ReadInt32LittleEndian(from[56..]);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(from[34..]);
        if (payload < 0 || BinaryPrimitives.ReadInt32LittleEndian(from) != Bytes + payload + 1 || payload > BatchBuffer.LargestPayloadBytes || ticks is < 0 or > BatchDocuments.LatestTicks)
            return false;
        head = new(
            BinaryPrimitives.ReadInt64LittleEndian(from[9..]),
            (BatchKind)BinaryPrimitives.ReadInt32LittleEndian(from[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[27..]),
            ticks,
            BinaryPrimitives.ReadInt64LittleEndian(from[45..]),
            payload);
        return true;
    }
}
