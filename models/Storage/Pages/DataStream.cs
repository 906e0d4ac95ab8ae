using System.Buffers.Binary;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Files;
using IotGateway.Storage.WriteAhead;

namespace IotGateway.Storage.Pages;

/// <summary>
/// The data file as LiteDB sees it. Each page carries a CRC-32C in the four bytes of its header that LiteDB gives to a transaction id
/// and leaves at all ones in the data file; a page that does not match is damage, told before LiteDB can follow a wrong pointer.
/// </summary>
internal sealed class DataStream(DiskFile file, PageLog log, LogStream logStream, PageReader pages, DiskCounters counters) : PageStream
{
    private const int ChecksumAt = 14;
    private const byte Free = 0;
    private const int PagesAWrite = 32;
    private byte[] _run = [];
    private long _runAt;
    private int _runBytes;
    private bool _unsynced;

    public override long Length => Math.Max(file.Length, _runAt + _runBytes) / Frame.PageBytes * Frame.PageBytes;

    public override void Flush()
    {
        if (!_unsynced)
            return;
        WriteRun();
        file.Sync();
        counters.Synced();
        _unsynced = false;
    }

    public override void SetLength(long value) => throw new NotSupportedException("The data file only grows.");

    /// <summary>Reads a page and takes its checksum off; false where it is missing or does not match.</summary>
    public static bool TryReadPage(DiskFile file, long offset, Span<byte> page) =>
        file.Read(page, offset) == page.Length && IsWhole((uint)(offset / Frame.PageBytes), page);

    /// <summary>Checks a page as the file has it, and takes its checksum off.</summary>
    public static bool IsWhole(uint id, Span<byte> page)
    {
        if (page[PageSlots.TypeAt] == Free)
            page[PageLog.BlockBytes..].Clear();
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(page[ChecksumAt..]);
        BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumAt..], uint.MaxValue);
        return checksum == LaneChecksum.Of(page) && BinaryPrimitives.ReadUInt32LittleEndian(page) == id;
    }

    public static PageDamagedException Damaged(uint page) => new(
        $"Page {page} of the data file is missing or does not match its checksum.");

    protected override void ReadPage(Span<byte> page)
    {
        WriteRun();
        var id = (uint)(Position / Frame.PageBytes);
        if (!pages.TryCopyData(id, page) && !TryReadPage(file, Position, page))
            throw Damaged(id);
    }

    protected override void WritePage(ReadOnlySpan<byte> page)
    {
        // Write-ahead: what the log has not got on the disk must not reach the data file.
        if (!log.IsSynced)
            throw new IOException("A page reached the data file before its log was synced.");

        // A checkpoint copies the log page by page; one that a later frame writes again need not be written now.
        var id = BinaryPrimitives.ReadUInt32LittleEndian(page);
        var latest = log.Latest(id);
        if (latest >= 0 && latest != logStream.LastRead)
            return;
        _unsynced = true;
        pages.Forget(id);
        if (_runBytes == PagesAWrite * Frame.PageBytes || Position != _runAt + _runBytes)
            WriteRun();
        if (_runBytes == 0)
            _runAt = Position;
        if (_run.Length == 0)
            _run = GC.AllocateUninitializedArray<byte>(PagesAWrite * Frame.PageBytes);
        var place = _run.AsSpan(_runBytes, Frame.PageBytes);
        page.CopyTo(place);
        BinaryPrimitives.WriteUInt32LittleEndian(place[ChecksumAt..], uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(place[ChecksumAt..], LaneChecksum.Of(place));
        _runBytes += place.Length;
        if (place[PageSlots.TypeAt] != Free || Position >= file.Length)
            return;

        // Of a freed page the header is all that counts, so half the page spares the flash the other half.
        _runBytes -= Frame.PageBytes - PageLog.BlockBytes;
        WriteRun();
    }

    /// <summary>Pages that follow one another go to the file in one write.</summary>
    private void WriteRun()
    {
        if (_runBytes == 0)
            return;
        var run = _run.AsSpan(0, _runBytes);
        _runBytes = 0;
        file.Write(run, _runAt);
        counters.Wrote(run.Length);
    }
}
