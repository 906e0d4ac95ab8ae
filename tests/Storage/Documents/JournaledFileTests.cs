using CsCheck;
using IotGateway.Storage.Documents;
using IotGateway.Storage.Files;

namespace IotGateway.Storage.Tests.Documents;

public sealed class JournaledFileTests : IDisposable
{
    private const int PageBytes = PageSums.PageBytes;

    /// <summary>Pages of one flush: where, and what they are filled with.</summary>
    private static readonly Gen<(int Page, byte Fill)[]> Flushes = Gen.Select(Gen.Int[0, 9], Gen.Byte).Array[1, 12];

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("hot.db");

    private string JournalPath => _folder.File("hot-log.db");

    [Fact]
    public void AFlushCutOffAnywhereIsWholeOrAbsent() => Gen.Select(Flushes.Array[1, 4], Flushes, Gen.Double[0, 1], Gen.Bool).Sample(
        (before, last, cut, journalIsWhole) =>
        {
            using var folder = new TempFolder();
            var (file, journal) = (folder.File("hot.db"), folder.File("hot-log.db"));
            using (var pages = new JournaledFile(file))
            {
                foreach (var flush in before)
                    Write(pages, flush);
            }

            var old = File.ReadAllBytes(file);
            byte[] written, whole;
            using (var pages = new JournaledFile(file))
            {
                Write(pages, last);
                written = Read(file);
                whole = Read(journal);
            }

            GiveHead(whole, written.AsSpan(16, 8));
            if (journalIsWhole)
            {
                // Some of the pages are in the file already.
                var torn = (byte[])[
                    .. written.AsSpan(0, (int)(written.Length * cut)), .. old.AsSpan(Math.Min(old.Length, (int)(written.Length * cut))),
                ];
                File.WriteAllBytes(file, torn.Length == 0 ? old : torn);
                File.WriteAllBytes(journal, whole);
            }
            else
            {
                File.WriteAllBytes(file, old);
                whole[(int)((whole.Length - 1) * cut)] ^= 1;
                File.WriteAllBytes(journal, whole);
            }

            using (new JournaledFile(file))
                Assert.Equal(journalIsWhole ? written : old, Read(file));
        },
        iter: 100, threads: 1);

    [Fact]
    public void WhatIsNotFlushedIsReadButNotInTheFile()
    {
        using (var pages = new JournaledFile(Path))
        {
            Write(pages, [(0, 1), (1, 2)]);
            pages.Position = PageBytes;
            pages.Write(Page(9));
            pages.Position = 0;
            var read = new byte[3 * PageBytes];
            Assert.Equal(2 * PageBytes, pages.ReadAtLeast(read, read.Length, throwOnEndOfStream: false));
            Assert.Equal((1, 9), (read[0], read[PageBytes]));
        }

        Assert.Equal(2, Read(Path)[PageSums.PlaceOf(1)]);
        Assert.Empty(Read(JournalPath));
    }

    [Fact]
    public void AJournalOfAnotherFileIsNotCopied()
    {
        Make(Path, [(0, 1), (1, 2)]);
        byte[] whole;
        using (var other = new JournaledFile(_folder.File("other.db")))
        {
            Write(other, [(0, 7)]);
            whole = Read(_folder.File("other-log.db"));
        }

        GiveHead(whole, File.ReadAllBytes(_folder.File("other.db")).AsSpan(16, 8));
        File.WriteAllBytes(JournalPath, whole);

        using var pages = new JournaledFile(Path);

        Assert.Equal(1, pages.ReadByte());
    }

    [Fact]
    public void AFileWithoutItsJournalsFileIsNoneOfDamage()
    {
        Make(Path, [(0, 1)]);
        File.Delete(JournalPath);

        using var pages = new JournaledFile(Path);

        Assert.Equal(1, pages.ReadByte());
    }

    [Fact]
    public void AFileThatIsGoneOrEmptyIsNoticed()
    {
        Make(Path, [(0, 1)]);
        File.WriteAllBytes(Path, []);
        Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
        File.Delete(Path);
        Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
    }

    [Fact]
    public void EveryFlippedBitIsNoticedAsTheFileIsOpened()
    {
        Make(Path, [(0, 1), (1, 2), (5, 3)]);
        var sound = File.ReadAllBytes(Path);
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Int[0, 7]).Sample(
            (at, bit) =>
            {
                var flipped = (byte[])sound.Clone();
                flipped[at] ^= (byte)(1 << bit);
                File.WriteAllBytes(Path, flipped);
                Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public void AFileCutAnywhereIsNoticed()
    {
        Make(Path, [(0, 1), (1, 2), (5, 3)]);
        var sound = File.ReadAllBytes(Path);
        Gen.Int[0, sound.Length - 1].Sample(
            length =>
            {
                File.WriteAllBytes(Path, sound[..length]);
                Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
            },
            iter: 100, threads: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void APageChangedWhileTheFileIsOpenIsNoticedAsItIsRead(int page)
    {
        Make(Path, [(0, 1), (1, 2), (3, 3)]);
        using var pages = new JournaledFile(Path);
        Overwrite(PageSums.PlaceOf(page) + 77, [0xff]);

        pages.Position = page * PageBytes;

        var damage = Assert.Throws<DocumentDamageException>(() => pages.Read(new byte[PageBytes]));
        Assert.Contains("hot.db", damage.Message, StringComparison.Ordinal);
        pages.Position = page * PageBytes;
        Assert.Throws<DocumentDamageException>(() => pages.Read(new byte[100]));
        pages.Position = 2 * PageBytes;
        pages.Write(Page(1));
        Assert.Throws<IOException>(pages.Flush);
    }

    [Fact]
    public void AWriteThatWasLostIsNoticed()
    {
        Make(Path, [(0, 1), (1, 2)]);
        var before = File.ReadAllBytes(Path);
        Make(Path, [(1, 9)]);

        Overwrite(PageSums.PlaceOf(1), before.AsSpan((int)PageSums.PlaceOf(1), PageBytes));

        Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
    }

    [Fact]
    public void APageFromAnotherPlaceIsNoticed()
    {
        Make(Path, [(0, 1), (1, 2), (2, 3)]);
        var sound = File.ReadAllBytes(Path);

        Overwrite(PageSums.PlaceOf(1), sound.AsSpan((int)PageSums.PlaceOf(2), PageBytes));

        Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
    }

    [Fact]
    public void AGroupThatWentBackInTimeWithItsSumsIsNoticed()
    {
        const int far = PageSums.GroupPages + 5;
        Make(Path, [(0, 1), (far, 2)]);
        var before = File.ReadAllBytes(Path);
        Make(Path, [(far, 9)]);
        using (var pages = new JournaledFile(Path))
        {
            pages.Position = (long)far * PageBytes;
            Assert.Equal(9, pages.ReadByte());
        }

        var group = PageSums.PlaceOf(PageSums.GroupPages) - PageBytes;
        Overwrite(group, before.AsSpan((int)group));

        Assert.Throws<DocumentDamageException>(() => new JournaledFile(Path));
    }

    [Fact]
    public void FilesAreTheirOwnersAlone()
    {
        Make(Path, [(0, 1)]);
        File.SetUnixFileMode(Path, (UnixFileMode)0b110_100_100);
        File.SetUnixFileMode(JournalPath, (UnixFileMode)0b110_110_110);

        Make(Path, [(0, 2)]);

        Assert.Equal(DurableFile.OwnerOnly, File.GetUnixFileMode(Path));
        Assert.Equal(DurableFile.OwnerOnly, File.GetUnixFileMode(JournalPath));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Puts the head before a journal that a flush cleared at its end.</summary>
    private static void GiveHead(byte[] journal, ReadOnlySpan<byte> id)
    {
        const int head = 28, entry = 8 + PageBytes;
        var (count, crc) = ((journal.Length - head) / entry, Crc32C.Start);
        for (var i = 0; i < count; i++)
        {
            var at = journal.AsSpan(head + (i * entry), entry);
            crc = Crc32C.Append(Crc32C.Append(crc, at[..8]), BitConverter.GetBytes(LaneChecksum.Of(at[8..])));
        }

        "GIWJRNL2"u8.CopyTo(journal);
        BitConverter.TryWriteBytes(journal.AsSpan(8), (long)count);
        id.CopyTo(journal.AsSpan(20));
        BitConverter.TryWriteBytes(journal.AsSpan(16), ~Crc32C.Append(crc, id));
    }

    private static void Make(string path, (int Page, byte Fill)[] flush)
    {
        using var pages = new JournaledFile(path);
        Write(pages, flush);
    }

    private static void Write(JournaledFile pages, (int Page, byte Fill)[] flush)
    {
        foreach (var (page, fill) in flush)
        {
            pages.Position = (long)page * PageBytes;
            pages.Write(Page(fill));
        }

        pages.Flush();
    }

    private static byte[] Page(byte fill) => [.. Enumerable.Repeat(fill, PageBytes)];

    private void Overwrite(long at, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = at;
        stream.Write(bytes);
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
