using System.Buffers.Binary;
using IotGateway.Storage.Disks;
using IotGateway.Storage.WriteAhead;

namespace IotGateway.Storage.Pages;

/// <summary>
/// Reads documents straight from the pages of a damaged pair of files, past LiteDB and its indexes: every page that matches its
/// checksum, every commit of the log that is whole, every document whose chain of blocks is.
/// </summary>
public sealed class DamagedPages : IDisposable
{
    private const byte DataPage = 4;
    private const int BlockHeaderBytes = 6;
    private const int LargestDocument = 16 << 20;
    private readonly DiskFile _data;
    private readonly DiskFile _logFile;
    private readonly LogWindow _window;
    private readonly Dictionary<uint, long> _newest = [];
    private readonly Dictionary<int, long> _whole = [];
    private readonly byte[] _page = new byte[Frame.PageBytes];
    private uint _pageRead = uint.MaxValue;

    /// <summary>Opens a pair of files and reads the log.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="name">The pair's name.</param>
    public DamagedPages(Disk disk, string name)
    {
        _data = disk.Open(PageStore.DataName(name));
        _logFile = disk.Open(PageStore.LogName(name));
        _window = new LogWindow(_logFile);
        ReadLog();
    }

    /// <summary>False where commits of the log may be missing, nobody knows how many.</summary>
    public bool IsLogWhole { get; private set; }

    /// <summary>The first segment of each document, in the order of the pages.</summary>
    /// <returns>Pages and slots, for <see cref="Start"/> and <see cref="Read"/>.</returns>
    public IEnumerable<(uint Page, byte Slot)> Documents()
    {
        var last = Math.Max((_data.Length / Frame.PageBytes) - 1, _newest.Keys.DefaultIfEmpty(0u).Max());
        for (uint page = 1; page <= last; page++)
        {
            if (!Load(page) || PageSlots.Highest(_page) == PageSlots.None)
                continue;
            for (var slot = 0; slot <= PageSlots.Highest(_page); slot++)
            {
                if (Load(page) && Block((byte)slot) is { Length: > BlockHeaderBytes } block && block[0] == 0)
                    yield return (page, (byte)slot);
            }
        }
    }

    /// <summary>The document's first bytes; empty where they cannot be read.</summary>
    /// <param name="page">The page it begins on.</param>
    /// <param name="slot">The slot in it.</param>
    /// <returns>Bytes that stay until the next call.</returns>
    public ReadOnlySpan<byte> Start(uint page, byte slot) =>
        Load(page) && Block(slot) is { Length: > BlockHeaderBytes } block ? block[BlockHeaderBytes..] : default;

    /// <summary>A document's whole bytes; null where a page of it is missing.</summary>
    /// <param name="page">The page it begins on.</param>
    /// <param name="slot">The slot in it.</param>
    /// <returns>The document's BSON.</returns>
    public byte[]? Read(uint page, byte slot)
    {
        var bytes = new MemoryStream();
        for (var extends = false; page != uint.MaxValue; extends = true)
        {
            if (!Load(page) || Block(slot) is not { Length: > BlockHeaderBytes } block || (block[0] != 0) != extends
                || bytes.Length > LargestDocument)
                return null;
            bytes.Write(block[BlockHeaderBytes..]);
            (page, slot) = (BinaryPrimitives.ReadUInt32LittleEndian(block[1..]), block[5]);
        }

        return bytes.ToArray();
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _data.Dispose();
        _logFile.Dispose();
    }

    private ReadOnlySpan<byte> Block(byte slot) => PageSlots.Segment(_page, slot);

    private bool Load(uint page)
    {
        if (page == _pageRead)
            return true;
        _pageRead = uint.MaxValue;
        if (_newest.TryGetValue(page, out var offset))
        {
            if (!_window.TryRead(offset, out var frame))
                return false;
            if (frame.Base != Frame.None)
                LoadBase(frame);
            frame.Expand(_window.Bytes(offset, frame), _page);
        }
        else if (!DataStream.TryReadPage(_data, (long)page * Frame.PageBytes, _page))
        {
            return false;
        }

        if (_page[PageSlots.TypeAt] != DataPage)
            return false;
        _pageRead = page;
        return true;
    }

    /// <summary>
    /// Loads the page that a change builds on. Where that is gone the change alone may still hold a batch: nothing is believed but by
    /// the batch's own checksum.
    /// </summary>
    private void LoadBase(Frame change)
    {
        if (_whole.TryGetValue(change.Base, out var offset) && _window.TryRead(offset, out var whole) && whole.PageId == change.PageId)
        {
            whole.Expand(_window.Bytes(offset, whole), _page);
            return;
        }

        Array.Clear(_page);
        BinaryPrimitives.WriteUInt32LittleEndian(_page, change.PageId);
        _page[PageSlots.TypeAt] = DataPage;
    }

    /// <summary>Applies every whole commit, those after a damaged one too.</summary>
    private void ReadLog()
    {
        var start = (long)LogHeader.AreaBytes;
        if (LogHeader.Read(_logFile, null)?.Salt is not { } salt)
        {
            if (!_window.TryRead(start, out var first))
                return;
            salt = first.Salt;
        }
        else
        {
            IsLogWhole = true;
        }

        var broken = false;
        var commit = new List<(uint, long)>();
        while (start < _logFile.Length)
        {
            commit.Clear();
            var offset = start;
            var whole = false;
            while (!whole && _window.TryRead(offset, out var frame) && frame.Salt == salt)
            {
                commit.Add((frame.PageId, offset));
                if (frame.Base == Frame.None)
                    _whole[(int)frame.Index] = offset;
                offset += frame.Bytes;
                whole = frame.Confirms;
            }

            start = whole ? PageLog.RoundUp(offset) : start + PageLog.BlockBytes;
            if (!whole)
            {
                broken = true;
                continue;
            }

            // A commit after a broken one: the broken one was no torn end.
            IsLogWhole &= !broken;
            foreach (var (page, at) in commit)
                _newest[page] = at;
        }
    }
}
