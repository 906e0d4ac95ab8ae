using System.Buffers.Binary;
using CsCheck;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Storage.Disks;
using IotGateway.Storage.WriteAhead;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer.Pages;

public sealed class PageLogTests
{
    private const int LogBytes = 1 << 20;
    private const int IdAt = 0;
    private const int TypeAt = 4;
    private const int ConfirmedAt = 18;
    private const byte Index = 3;
    private const byte Data = 4;

    /// <summary>
    /// Whatever pages change to, and however often the log is opened anew, the newest version is read, from its window, too.
    /// </summary>
    [Fact]
    public void EachPageIsReadAsItWasWrittenLast() => Gen.Int[0, 1 << 20].Sample(seed =>
    {
        var random = new Random(seed);
        var disk = new MemoryDisk(seed);
        var counters = new DiskCounters();
        var log = PageLog.Create(disk.Open("log"), LogBytes, counters);
        var pages = new Dictionary<uint, byte[]>();
        for (var commit = 0; commit < 40; commit++)
        {
            var changed = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (uint)random.Next(80)).Distinct().ToArray();
            foreach (var id in changed)
            {
                var page = pages[id] = Changed(pages.GetValueOrDefault(id), id, random);
                page[ConfirmedAt] = (byte)(id == changed[^1] ? 1 : 0);
                log.Append(page);
            }

            if (random.Next(3) == 0)
                Holds(log, pages, window: false); // the last of it in memory alone
            log.Sync();
            if (random.Next(5) == 0)
            {
                log.Dispose();
                log = PageLog.Open(disk.Open("log"), counters)!;
                Assert.False(log.IsDamaged);
            }

            Holds(log, pages, window: random.Next(2) == 0);
            if (random.Next(15) == 0)
            {
                log.Restart();
                pages.Clear();
            }
        }

        log.Dispose();
    }, iter: 100);

    [Fact]
    public void AFewChangedBytesOfAFullPageTakeAFewBytes()
    {
        var disk = new MemoryDisk(1);
        using var log = PageLog.Create(disk.Open("log"), LogBytes, new DiskCounters());
        var random = new Random(1);
        var page = Page(7, Index, Frame.PageBytes - 32, random);
        page[ConfirmedAt] = 1;
        var sizes = new List<long>();
        for (var commit = 0; commit < 50; commit++)
        {
            var before = log.UsedBytes;
            random.NextBytes(page.AsSpan(100 + (commit * 60), 60));
            log.Append(page);
            log.Sync();
            sizes.Add(log.UsedBytes - before);
        }

        // Whole again as soon as the changes since have taken as much as that.
        Assert.Equal(3 * PageLog.BlockBytes, sizes[0]);
        Assert.InRange(sizes.Count(s => s == 3 * PageLog.BlockBytes), 2, 6);
        Assert.All(sizes, s => Assert.Contains(s, new long[] { PageLog.BlockBytes, 3 * PageLog.BlockBytes }));
    }

    [Fact]
    public void AChangeThatDoesNotFitAPageIsDamage()
    {
        var page = new byte[Frame.PageBytes];
        Assert.Throws<PageDamagedException>(() => PageChange.Apply([0xff, 0x03, 2, 0, .. new byte[16]], page));
        Assert.Throws<PageDamagedException>(() => PageChange.Apply([0, 0, 2, 0, .. new byte[8]], page));
        Assert.Throws<PageDamagedException>(() => PageChange.Apply([0, 0], page));
        PageChange.Apply([], page);
        Assert.Equal(new byte[Frame.PageBytes], page);
    }

    private static byte[] Changed(byte[]? before, uint id, Random random)
    {
        if (before is null || random.Next(8) == 0)
            return Page(id, random.Next(2) == 0 ? Index : Data, random.Next(Frame.PageBytes - 32), random);
        var page = (byte[])before.Clone();
        if (random.Next(10) == 0)
        {
            // A free page's content is of no use and not kept.
            page.AsSpan(32).Clear();
            page[TypeAt] = 0;
            return page;
        }

        page[TypeAt] = page[TypeAt] == 0 ? Data : page[TypeAt];
        for (var i = random.Next(4); i > 0; i--)
        {
            var at = random.Next(32, Frame.PageBytes);
            random.NextBytes(page.AsSpan(at, Math.Min(random.Next(1, 2000), Frame.PageBytes - at)));
        }

        return page;
    }

    private static byte[] Page(uint id, byte type, int filled, Random random)
    {
        var page = new byte[Frame.PageBytes];
        random.NextBytes(page.AsSpan(32, filled));
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(IdAt), id);
        page[TypeAt] = type;
        return page;
    }

    private static void Holds(PageLog log, Dictionary<uint, byte[]> pages, bool window)
    {
        var read = new byte[Frame.PageBytes];
        var from = window ? log.Window() : null;
        foreach (var (id, page) in pages)
        {
            new Random(1).NextBytes(read);
            log.Read(log.Latest(id), read, from);
            Assert.Equal(page, read);
        }
    }
}
