using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Documents;

/// <summary>
/// The checksums of a file's pages, in memory and in pages of their own before every 2,032 pages. Apart from what they stand for, they
/// show not only flipped bits but a write that was lost, and a page from another place. The first of them, the root, has the number of
/// pages and a sum of the others' sums, so that no group goes back in time by itself. For one thread at a time.
/// </summary>
internal sealed class PageSums
{
    public const int PageBytes = 8192;

    /// <summary>Pages whose sums one page of sums holds.</summary>
    public const int GroupPages = (PageBytes - HeadBytes) / sizeof(uint);

    private const int HeadBytes = 64;
    private const int SumAt = 8;
    private const int GroupAt = 12;
    private const int IdAt = 16;
    private const int CountAt = 24;
    private const int OthersAt = 32;

    private static readonly uint OfZeros = LaneChecksum.Of(new byte[PageBytes]);

    private readonly List<uint> _pages = [];
    private readonly List<uint> _groups = [0];
    private readonly SortedSet<int> _changed = [];

    private PageSums(ulong id) => Id = id;

    private static ReadOnlySpan<byte> Magic => "IGWSUMS1"u8;

    /// <summary>A random number in all pages of sums of one file, and in its journal.</summary>
    public ulong Id { get; }

    /// <summary>Pages that have a sum.</summary>
    public long Count => _pages.Count;

    /// <summary>Bytes of a file of <see cref="Count"/> pages with its pages of sums.</summary>
    public long FileBytes => Count == 0 ? 0 : PlaceOf(Count - 1) + PageBytes;

    /// <summary>Sums of a file that has no page yet.</summary>
    public static PageSums New() => new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    /// <summary>First byte of a page in the file.</summary>
    public static long PlaceOf(long page) => (page + (page / GroupPages) + 1) * PageBytes;

    /// <summary>The sums of a file.</summary>
    /// <exception cref="DocumentDamageException">They do not match each other, or the file is too short for its pages.</exception>
    public static PageSums Read(SafeFileHandle file)
    {
        var page = new byte[PageBytes];
        if (!TryReadRoot(file, page, out var sums, out var count, out var others))
            throw new DocumentDamageException("The first page of sums does not match its own.");
        if (count > RandomAccess.GetLength(file) / PageBytes)
            throw new DocumentDamageException($"The file is cut short; expected {count} pages.");
        sums.Take(page, 0, count);
        for (var group = 1; sums.Count < count; group++)
        {
            if (!IsWhole(file, page, group) || BinaryPrimitives.ReadUInt64LittleEndian(page.AsSpan(IdAt)) != sums.Id)
                throw new DocumentDamageException($"Page {group} of sums does not match its own.");
            sums._groups.Add(SumOf(page));
            sums.Take(page, group, count);
        }

        if (sums.SumOfOthers() != others)
            throw new DocumentDamageException("The pages of sums are not of one time.");
        if (RandomAccess.GetLength(file) < sums.FileBytes)
            throw new DocumentDamageException($"The file is cut short; expected {sums.FileBytes} bytes.");
        return sums;
    }

    /// <summary>The number of the file that a whole root has; null where it is none.</summary>
    public static ulong? IdOf(SafeFileHandle file) =>
        TryReadRoot(file, new byte[PageBytes], out var sums, out _, out _) ? sums.Id : null;

    /// <summary>Does a page have the content that was written last?</summary>
    public bool Match(long page, ReadOnlySpan<byte> content) => _pages[(int)page] == LaneChecksum.Of(content);

    /// <summary>Takes the sum of a page that is to be written; pages before it that were never written are zeros.</summary>
    public void Set(long page, uint sum)
    {
        while (_pages.Count <= page)
        {
            _changed.Add(_pages.Count / GroupPages);
            _pages.Add(OfZeros);
        }

        _pages[(int)page] = sum;
        _changed.Add((int)(page / GroupPages));
    }

    /// <summary>The pages of sums that changed since the last time, each with its place in the file; the root is among them.</summary>
    public List<(long Place, byte[] Page)> Changed()
    {
        var changed = new List<(long, byte[])>();
        foreach (var group in _changed.Where(g => g > 0))
        {
            var page = Page(group);
            while (_groups.Count <= group)
                _groups.Add(0);
            _groups[group] = SumOf(page);
            changed.Add((PlaceOf((long)group * GroupPages) - PageBytes, page));
        }

        changed.Add((0, Page(0)));
        _changed.Clear();
        return changed;
    }

    private static bool TryReadRoot(SafeFileHandle file, byte[] page, out PageSums sums, out long count, out uint others)
    {
        var whole = IsWhole(file, page, 0);
        sums = new PageSums(BinaryPrimitives.ReadUInt64LittleEndian(page.AsSpan(IdAt)));
        count = BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(CountAt));
        others = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(OthersAt));
        return whole && count is > 0 and <= int.MaxValue;
    }

    private static bool IsWhole(SafeFileHandle file, byte[] page, int group) =>
        WholeRead.Fill(file, page, PlaceOf((long)group * GroupPages) - PageBytes)
        && page.AsSpan().StartsWith(Magic)
        && BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(GroupAt)) == group
        && LaneChecksum.Of(page.AsSpan(GroupAt)) == SumOf(page);

    private static uint SumOf(byte[] page) => BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(SumAt));

    private void Take(byte[] page, int group, long count)
    {
        var sums = MemoryMarshal.Cast<byte, uint>(page.AsSpan(HeadBytes));
        foreach (var sum in sums[..(int)Math.Min(GroupPages, count - ((long)group * GroupPages))])
            _pages.Add(BitConverter.IsLittleEndian ? sum : BinaryPrimitives.ReverseEndianness(sum));
    }

    private byte[] Page(int group)
    {
        var page = new byte[PageBytes];
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(GroupAt), group);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(IdAt), Id);
        if (group == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(CountAt), Count);
            BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(OthersAt), SumOfOthers());
        }

        for (var (at, i) = (HeadBytes, group * GroupPages); at < PageBytes && i < _pages.Count; at += sizeof(uint), i++)
            BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(at), _pages[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(SumAt), LaneChecksum.Of(page.AsSpan(GroupAt)));
        return page;
    }

    private uint SumOfOthers() => Crc32C.Of(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_groups)[1..]));
}
