using CsCheck;
using IotGateway.Storage.Files;
using IotGateway.Storage.Documents;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class JournaledFileTests
{
    private const int PageBytes = 8192;

    /// <summary>Pages of one flush: where, and what they are filled with.</summary>
    private static readonly Gen<(int Page, byte Fill)[]> Flushes = Gen.Select(Gen.Int[0, 9], Gen.Byte).Array[1, 12];

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

            // The head that a flush clears at its end.
            var count = last.Select(l => l.Page).Distinct().Count();
            "GIWJRNL1"u8.CopyTo(whole);
            BitConverter.TryWriteBytes(whole.AsSpan(8), (long)count);
            BitConverter.TryWriteBytes(whole.AsSpan(16), Crc32C.Of(whole.AsSpan(20)));
            if (journalIsWhole)
            {
                // Some of the pages are in the file already.
                var torn = (byte[])[
                    .. written.AsSpan(0, (int)(written.Length * cut)), .. old.AsSpan(Math.Min(old.Length, (int)(written.Length * cut))),
                ];
                File.WriteAllBytes(file, torn);
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
        using var folder = new TempFolder();
        using (var pages = new JournaledFile(folder.File("hot.db")))
        {
            Write(pages, [(0, 1), (1, 2)]);
            pages.Position = PageBytes;
            pages.Write(Page(9));
            pages.Position = 0;
            var read = new byte[3 * PageBytes];
            Assert.Equal(2 * PageBytes, pages.ReadAtLeast(read, read.Length, throwOnEndOfStream: false));
            Assert.Equal((1, 9), (read[0], read[PageBytes]));
        }

        Assert.Equal(2, Read(folder.File("hot.db"))[PageBytes]);
        Assert.Empty(Read(folder.File("hot-log.db")));
    }

    [Fact]
    public void AJournalBesideAnEmptyFileIsOfAnother()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("hot-log.db"), [.. "GIWJRNL1"u8, 1, 0, 0, 0, 0, 0, 0, 0, .. new byte[4 + 8 + PageBytes]]);

        using var pages = new JournaledFile(folder.File("hot.db"));

        Assert.Equal(0, pages.Length);
    }

    private static void Write(JournaledFile pages, (int Page, byte Fill)[] flush)
    {
        foreach (var (page, fill) in flush)
        {
            pages.Position = page * PageBytes;
            pages.Write(Page(fill));
        }

        pages.Flush();
    }

    private static byte[] Page(byte fill) => [.. Enumerable.Repeat(fill, PageBytes)];

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
