using System.Buffers.Binary;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Documents;

/// <summary>
/// The journal beside a <see cref="JournaledFile"/>: pages with their places in the file, behind a head that tells whether they are whole
/// and of which file they are.
/// </summary>
internal sealed class Journal(SafeFileHandle journal)
{
    private const int HeadBytes = 28;
    private const int EntryBytes = 8 + PageSums.PageBytes;
    private const ulong Mark = 0x324c4e524a574947;
    private const int IdAt = 20;

    /// <summary>Writes a change; durable once it returns.</summary>
    public void Write(ulong id, List<(long Place, ReadOnlyMemory<byte> Page, uint Sum)> change)
    {
        var (head, crc) = (new byte[HeadBytes], Crc32C.Start);
        var parts = new List<ReadOnlyMemory<byte>>(1 + (2 * change.Count)) { head };
        foreach (var (place, page, sum) in change)
        {
            var where = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(where, place);
            crc = Append(crc, where, sum);
            parts.Add(where);
            parts.Add(page);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(head, Mark);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), change.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(IdAt), id);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), ~Crc32C.Append(crc, head.AsSpan(IdAt)));
        RandomAccess.Write(journal, parts, 0);
        DurableFile.SyncData(journal);
    }

    /// <summary>Says that the file has what the journal holds. Not synced: to copy it once more changes nothing.</summary>
    public void Clear() => RandomAccess.Write(journal, new byte[HeadBytes], 0);

    /// <summary>Lets go of what it held, which may have been deleted from the file since.</summary>
    public void Empty() => RandomAccess.SetLength(journal, 0);

    /// <summary>Copies a whole change into the file it is of, synced; one that is torn, or of another file, is none.</summary>
    public void Recover(SafeFileHandle file)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (!WholeRead.Fill(journal, head, 0) || BinaryPrimitives.ReadUInt64LittleEndian(head) != Mark)
            return;
        var count = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        var id = BinaryPrimitives.ReadUInt64LittleEndian(head[IdAt..]);
        if (count <= 0 || count > (RandomAccess.GetLength(journal) - HeadBytes) / EntryBytes
            || ~Crc32C.Append(Copy(count, into: null), head[IdAt..]) != BinaryPrimitives.ReadUInt32LittleEndian(head[16..])
            || (PageSums.IdOf(file) is { } other && other != id))
            return;
        Copy(count, file);
        DurableFile.SyncData(file);
    }

    /// <summary>Reads the pages, writes them where they belong if asked to, and answers with the running sum of places and sums.</summary>
    private uint Copy(long count, SafeFileHandle? into)
    {
        var (entry, crc) = (new byte[EntryBytes], Crc32C.Start);
        for (var i = 0L; i < count; i++)
        {
            if (!WholeRead.Fill(journal, entry, HeadBytes + (i * EntryBytes)))
                throw new DocumentDamageException("The journal became shorter while it was read.");
            crc = Append(crc, entry.AsSpan(0, 8), LaneChecksum.Of(entry.AsSpan(8)));
            if (into is not null)
                RandomAccess.Write(into, entry.AsSpan(8), BinaryPrimitives.ReadInt64LittleEndian(entry));
        }

        return crc;
    }

    private static uint Append(uint crc, ReadOnlySpan<byte> place, uint sum)
    {
        Span<byte> of = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(of, sum);
        return Crc32C.Append(Crc32C.Append(crc, place), of);
    }
}
