using IotGateway.Storage.Pages;

namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// Reads the batches of one collection straight from the pages, in the form in which <see cref="BatchDocuments"/> writes them.
/// </summary>
internal sealed class BatchReader(PageReader pages, BatchKind kind, string collection)
{
    private readonly DocumentFinder _documents = new(pages, collection);

    public bool Has(long key) => _documents.Find(key) is not null;

    /// <summary>A batch, checked by its own checksum; null when it is not found in this way, or is not as it should be.</summary>
    public BufferedBatch? Find(long key, long sequence)
    {
        if (_documents.Find(key) is not { } address
            || !_documents.TryReadBlock(address, extends: false, out var bytes, out var next)
            || !BatchHead.TryRead(bytes, out var head) || head.Sequence != sequence || head.Kind != kind)
            return null;
        var payload = GC.AllocateUninitializedArray<byte>(head.PayloadBytes);
        bytes = bytes[head.Bytes..];
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

        var batch = new BufferedBatch(
            head.Sequence, head.Kind, head.Readings, new DateTimeOffset(head.AppendedTicks, TimeSpan.Zero), payload);
        return BatchDocuments.Checksum(batch) == head.Checksum ? batch : null;
    }
}
