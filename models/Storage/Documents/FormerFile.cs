using System.Buffers.Binary;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Documents;

/// <summary>
/// A LiteDB file whose pages have no checksums: what a whole journal beside it holds is copied into it, then the file is copied into one
/// with the sums of what is read now, which takes its place. Damage that it has by then cannot be seen by the sums.
/// </summary>
internal static class FormerFile
{
    private const int PageBytes = PageSums.PageBytes;
    private const int HeadBytes = 20;
    private const int EntryBytes = 8 + PageBytes;
    private const ulong Mark = 0x314c4e524a574947;
    private const int WordsAt = 32;
    private const int LastPageAt = 64;

    private static ReadOnlySpan<byte> Words => "** This is a LiteDB file **"u8;

    /// <summary>Takes a file over if it is of that form, whole and durable once it returns; leaves any other as it is.</summary>
    /// <exception cref="DocumentDamageException">It ends before its last page.</exception>
    /// <exception cref="IOException">The system refused (there must be room for a second copy): the file is as it was.</exception>
    public static void TakeOver(string file)
    {
        using var former = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var head = new byte[PageBytes];
        if (!OrdinaryFile.Is(former) || !WholeRead.Fill(former, head, 0) || !head.AsSpan(WordsAt).StartsWith(Words))
            return;
        if (File.Exists(JournaledFile.JournalOf(file)))
            Recover(former, JournaledFile.JournalOf(file));
        var pages = RandomAccess.GetLength(former) / PageBytes;
        WholeRead.Fill(former, head, 0);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(LastPageAt)) >= pages)
            throw new DocumentDamageException($"'{file}' is cut short; it has {pages} pages.");
        var temporary = DurableFile.Temporary(file);
        File.Delete(temporary);
        using (var copy = new FileStream(temporary, DurableFile.Private(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            Copy(former, pages, copy.SafeFileHandle);
        DurableFile.Publish(temporary, file);
    }

    private static void Copy(SafeFileHandle former, long pages, SafeFileHandle into)
    {
        var (sums, page) = (PageSums.New(), new byte[PageBytes]);
        for (var i = 0L; i < pages; i++)
        {
            WholeRead.Fill(former, page, i * PageBytes);
            sums.Set(i, LaneChecksum.Of(page));
            RandomAccess.Write(into, page, PageSums.PlaceOf(i));
        }

        foreach (var (place, of) in sums.Changed())
            RandomAccess.Write(into, of, place);
    }

    private static void Recover(SafeFileHandle former, string path)
    {
        using var journal = OrdinaryFile.Open(path);
        Span<byte> head = stackalloc byte[HeadBytes];
        if (!WholeRead.Fill(journal, head, 0) || BinaryPrimitives.ReadUInt64LittleEndian(head) != Mark)
            return;
        var count = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        if (count <= 0 || count > (RandomAccess.GetLength(journal) - HeadBytes) / EntryBytes
            || Entries(journal, count, into: null) != BinaryPrimitives.ReadUInt32LittleEndian(head[16..]))
            return;
        Entries(journal, count, former);
        DurableFile.SyncData(former);
    }

    private static uint Entries(SafeFileHandle journal, long count, SafeFileHandle? into)
    {
        var (entry, crc) = (new byte[EntryBytes], Crc32C.Start);
        for (var i = 0L; i < count; i++)
        {
            WholeRead.Fill(journal, entry, HeadBytes + (i * EntryBytes));
            crc = Crc32C.Append(crc, entry);
            if (into is not null)
                RandomAccess.Write(into, entry.AsSpan(8), BinaryPrimitives.ReadInt64LittleEndian(entry));
        }

        return ~crc;
    }
}
