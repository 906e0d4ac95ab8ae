using System.Buffers.Binary;
using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Documents;

/// <summary>
/// A file of pages that changes from one <see cref="Flush"/> to the next as a whole, or not at all: what is written stays in memory until
/// then; a flush puts it into a journal beside the file, syncs that, puts it into the file, syncs that, and only then is the journal's
/// head cleared. A crash in between finds a journal that is torn (the file is as before) or whole (it is copied again).
/// </summary>
internal sealed class JournaledFile : Stream
{
    private const int PageBytes = 8192;
    private const int HeadBytes = 20;
    private const int EntryBytes = 8 + PageBytes;
    private const ulong Mark = 0x314c4e524a574947;

    /// <summary>Pages kept to be used again: new ones at every flush would all be moved by the collector before they go.</summary>
    private const int MostSpare = 1024;

    private readonly Dictionary<long, byte[]> _pending = [];
    private readonly Stack<byte[]> _spare = [];
    private readonly Lock _gate = new();
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _journal;
    private long _length;
    private bool _broken;

    public JournaledFile(string file)
    {
        _file = File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            _journal = File.OpenHandle(JournalOf(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            _length = RandomAccess.GetLength(_file);
            Recover();
            DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }
        catch
        {
            _file.Dispose();
            _journal?.Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length
    {
        get
        {
            lock (_gate)
                return _length;
        }
    }

    public override long Position { get; set; }

    public static string JournalOf(string file) => Path.ChangeExtension(file, null) + "-log" + Path.GetExtension(file);

    public override int Read(Span<byte> buffer)
    {
        lock (_gate)
        {
            var within = (int)(Position % PageBytes);
            var n = _pending.TryGetValue(Position - within, out var page) ? Math.Min(buffer.Length, PageBytes - within) : 0;
            if (n > 0)
                page.AsSpan(within, n).CopyTo(buffer);
            else
                n = RandomAccess.Read(_file, buffer[..Math.Min(buffer.Length, PageBytes - within)], Position);
            Position += n;
            return n;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Position % PageBytes != 0 || buffer.Length != PageBytes)
            throw new NotSupportedException("Whole pages only.");
        lock (_gate)
        {
            if (!_pending.TryGetValue(Position, out var page) && !_spare.TryPop(out page))
                page = new byte[PageBytes];
            buffer.CopyTo(page);
            _pending[Position] = page;
            Position += PageBytes;
            _length = Math.Max(_length, Position);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Makes what was written since the last flush durable, all of it or nothing.</summary>
    /// <exception cref="IOException">The system refused. Nothing is flushed from then on: the journal may be all that completes the
    /// file.</exception>
    public override void Flush()
    {
        lock (_gate)
        {
            if (_broken)
                throw new IOException("An earlier write to the file failed; it is put right when it is opened anew.");
            if (_pending.Count == 0)
                return;
            _broken = true;
            WriteJournal();
            foreach (var (position, page) in _pending)
                RandomAccess.Write(_file, page, position);
            DurableFile.SyncData(_file);
            RandomAccess.Write(_journal, new byte[HeadBytes], 0);
            foreach (var page in _pending.Values.Take(MostSpare - _spare.Count))
                _spare.Push(page);
            _pending.Clear();
            _broken = false;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException("The file only grows.");

    protected override void Dispose(bool disposing)
    {
        // What the journal held may have been deleted from the file since.
        if (disposing && !_broken && !_journal.IsClosed)
            RandomAccess.SetLength(_journal, 0);
        _journal.Dispose();
        _file.Dispose();
        base.Dispose(disposing);
    }

    private void WriteJournal()
    {
        var crc = Crc32C.Start;
        var parts = new List<ReadOnlyMemory<byte>>(1 + (2 * _pending.Count)) { new byte[HeadBytes] };
        foreach (var (position, page) in _pending)
        {
            var where = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(where, position);
            crc = Crc32C.Append(Crc32C.Append(crc, where), page);
            parts.Add(where);
            parts.Add(page);
        }

        var head = new byte[HeadBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(head, Mark);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), _pending.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), ~crc);
        parts[0] = head;
        RandomAccess.Write(_journal, parts, 0);
        DurableFile.SyncData(_journal);
    }

    /// <summary>Copies a whole journal into its file; one beside an empty file belongs to another.</summary>
    private void Recover()
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (_length == 0 || RandomAccess.Read(_journal, head, 0) < HeadBytes || BinaryPrimitives.ReadUInt64LittleEndian(head) != Mark)
            return;
        var count = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        if (count <= 0 || count > (RandomAccess.GetLength(_journal) - HeadBytes) / EntryBytes
            || Copy(count, into: null) != BinaryPrimitives.ReadUInt32LittleEndian(head[16..]))
            return;
        Copy(count, _file);
        DurableFile.SyncData(_file);
        _length = RandomAccess.GetLength(_file);
    }

    /// <summary>Reads the journal's pages, writes them where they belong if asked to, and answers with their sum.</summary>
    private uint Copy(long count, SafeFileHandle? into)
    {
        var (entry, crc) = (new byte[EntryBytes], Crc32C.Start);
        for (var i = 0L; i < count; i++)
        {
            for (var n = 0; n < EntryBytes;)
                n += RandomAccess.Read(_journal, entry.AsSpan(n), HeadBytes + (i * EntryBytes) + n) is var read and > 0
                    ? read
                    : throw new EndOfStreamException();
            crc = Crc32C.Append(crc, entry);
            if (into is not null)
                RandomAccess.Write(into, entry.AsSpan(8), BinaryPrimitives.ReadInt64LittleEndian(entry));
        }

        return ~crc;
    }
}
