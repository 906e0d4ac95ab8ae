using IotGateway.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Storage.Documents;

/// <summary>
/// A file of pages that changes from one <see cref="Flush"/> to the next as a whole, or not at all: what is written stays in memory until
/// then; a flush puts it with its checksums into a journal beside the file, syncs that, puts it into the file, syncs that, and only then is
/// the journal's head cleared. A crash in between finds a journal that is torn (the file is as before) or whole (it is copied again).
/// Every page is held against its checksum each time it is read, and all of them once as the file is opened.
/// </summary>
internal sealed class JournaledFile : Stream
{
    private const int PageBytes = PageSums.PageBytes;

    /// <summary>Pages kept to be used again: new ones at every flush would all be moved by the collector before they go.</summary>
    private const int MostSpare = 1024;

    private readonly Dictionary<long, byte[]> _pending = [];
    private readonly Stack<byte[]> _spare = [];
    private readonly byte[] _part = new byte[PageBytes];
    private readonly Lock _gate = new();
    private readonly string _name;
    private readonly FileStream _stream;
    private readonly FileStream _journalStream;
    private readonly Journal _journal;
    private readonly PageSums _sums;
    private long _length;
    private bool _broken;

    /// <exception cref="DocumentDamageException">The file is not as it was written.</exception>
    public JournaledFile(string file)
    {
        _name = file;
        var (isNew, isAbandoned) = (!File.Exists(file), File.Exists(JournalOf(file)));
        if (isNew && isAbandoned)
            throw new DocumentDamageException($"'{file}' is missing although its journal is there.");
        if (!isNew)
            FormerFile.TakeOver(file);
        _stream = OpenPrivate(file);
        try
        {
            _journalStream = OpenPrivate(JournalOf(file));
            _journal = new Journal(_journalStream.SafeFileHandle);
            if (isNew)
            {
                _sums = PageSums.New();
            }
            else
            {
                if (RandomAccess.GetLength(Handle) == 0)
                    throw new DocumentDamageException($"'{file}' is empty.");
                _journal.Recover(Handle);
                _sums = PageSums.Read(Handle);
                _length = _sums.Count * PageBytes;
                Verify();
            }

            DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }
        catch (Exception e)
        {
            _stream.Dispose();
            _journalStream?.Dispose();
            if (isNew)
                File.Delete(file);
            if (e is DocumentDamageException)
                throw new DocumentDamageException($"'{file}': {e.Message}", e);
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

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    public static string JournalOf(string file) => Path.ChangeExtension(file, null) + "-log" + Path.GetExtension(file);

    /// <exception cref="DocumentDamageException">The page is not as it was written; nothing is flushed from then on.</exception>
    public override int Read(Span<byte> buffer)
    {
        lock (_gate)
        {
            if (Position >= _length || buffer.Length == 0)
                return 0;
            var within = (int)(Position % PageBytes);
            var n = Math.Min(buffer.Length, PageBytes - within);
            if (_pending.TryGetValue(Position - within, out var page))
                page.AsSpan(within, n).CopyTo(buffer);
            else if (n == PageBytes)
                ReadChecked(Position / PageBytes, buffer[..n]);
            else
                ReadChecked(Position / PageBytes, _part).Slice(within, n).CopyTo(buffer);
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
                throw new IOException($"'{_name}' failed before; it is put right when it is opened anew.");
            if (_pending.Count == 0)
                return;
            _broken = true;
            var change = Change();
            _journal.Write(_sums.Id, change);
            foreach (var (place, page, _) in change)
                RandomAccess.Write(Handle, page.Span, place);
            DurableFile.SyncData(Handle);
            _journal.Clear();
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
        if (disposing && !_broken && !_journalStream.SafeFileHandle.IsClosed)
            _journal.Empty();
        _journalStream.Dispose();
        _stream.Dispose();
        base.Dispose(disposing);
    }

    private static FileStream OpenPrivate(string file)
    {
        var opened = new FileStream(file, DurableFile.Private(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        if (OrdinaryFile.Is(opened.SafeFileHandle))
        {
            PrivateModes.Tighten(opened.SafeFileHandle);
            return opened;
        }

        opened.Dispose();
        throw new DocumentDamageException($"'{file}' is no ordinary file.");
    }

    /// <summary>The pages that wait, and those of their sums.</summary>
    private List<(long Place, ReadOnlyMemory<byte> Page, uint Sum)> Change()
    {
        var change = new List<(long, ReadOnlyMemory<byte>, uint)>(_pending.Count + 2);
        foreach (var (position, page) in _pending)
        {
            var sum = LaneChecksum.Of(page);
            _sums.Set(position / PageBytes, sum);
            change.Add((PageSums.PlaceOf(position / PageBytes), page, sum));
        }

        change.AddRange(_sums.Changed().Select(c => (c.Place, (ReadOnlyMemory<byte>)c.Page, LaneChecksum.Of(c.Page))));
        return change;
    }

    /// <summary>A page of the file, read whole and held against its sum; one that was written but not flushed is not in the file.</summary>
    private Span<byte> ReadChecked(long page, Span<byte> into)
    {
        if (page < _sums.Count && WholeRead.Fill(Handle, into, PageSums.PlaceOf(page)) && _sums.Match(page, into))
            return into;
        if (page >= _sums.Count)
        {
            into.Clear();
            return into;
        }

        _broken = true;
        throw new DocumentDamageException($"Page {page} of '{_name}' does not match its checksum.");
    }

    /// <summary>Reads all pages in the file's order, a megabyte at a time.</summary>
    private void Verify()
    {
        const int Most = 128;
        var many = new byte[Most * PageBytes];
        for (var page = 0L; page < _sums.Count;)
        {
            var count = (int)Math.Min(Math.Min(Most, _sums.Count - page), PageSums.GroupPages - (page % PageSums.GroupPages));
            var whole = WholeRead.Fill(Handle, many.AsSpan(0, count * PageBytes), PageSums.PlaceOf(page));
            for (var i = 0; i < count; i++, page++)
            {
                if (!whole || !_sums.Match(page, many.AsSpan(i * PageBytes, PageBytes)))
                    throw new DocumentDamageException($"Page {page} does not match its checksum.");
            }
        }
    }
}
