using System.Runtime.InteropServices;
using IotGateway.Storage.Disks;

namespace IotGateway.Storage.WriteAhead;

/// <summary>
/// The write-ahead log: pages as LiteDB commits them, framed and checksummed, held in memory until their commit is confirmed and then
/// put on the disk by one write and one sync. The file is zero-filled once and never truncated. Commits begin at 4 KB blocks, so that
/// no write touches a block that already holds something durable.
/// </summary>
internal sealed class PageLog : IDisposable
{
    public const int BlockBytes = 4096;

    /// <summary>Turns of waiting awake, about a tenth of a millisecond; none where there is no other core.</summary>
    private static readonly int MostTurns = Environment.ProcessorCount > 1 ? 300 : 0;

    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(30);

    private readonly object _sync = new();
    private readonly DiskFile _file;
    private readonly DiskCounters _counters;
    private readonly List<Place> _frames = [];
    private readonly Dictionary<uint, int> _latest = [];
    private readonly WholePages _whole = new();
    private readonly byte[] _frame = new byte[Frame.HeaderBytes + Frame.PageBytes];
    private byte[] _pending = new byte[64 << 10];
    private int _pendingBytes;
    private bool _confirmed;
    private int _durableFrames;
    private long _end = LogHeader.AreaBytes;
    private uint _previousCrc;
    private uint _commit;
    private LogHeader _header;

    private PageLog(DiskFile file, DiskCounters counters, LogHeader header)
    {
        (_file, _counters, _header) = (file, counters, header);
    }

    /// <summary>Pages in the log, the unsynced ones too.</summary>
    public int Count
    {
        get
        {
            lock (_sync)
                return _frames.Count;
        }
    }

    /// <summary>Bytes of the file that the log's present generation uses.</summary>
    public long UsedBytes => _end;

    public long FileBytes => _file.Length;

    /// <summary>The number of times the log has begun again.</summary>
    public ulong Generation => _header.Generation;

    /// <summary>The highest page id seen by this generation.</summary>
    public uint HighestPage { get; private set; }

    /// <summary>True where commits were found after a hole: not a torn end but damage.</summary>
    public bool IsDamaged { get; private set; }

    public LogMark Mark => new(_header.Salt, _durableFrames);

    /// <summary>Makes a zero-filled log. Where the disk has no room for all of it, it grows as it is used.</summary>
    public static PageLog Create(DiskFile file, int bytes, DiskCounters counters)
    {
        file.SetLength(0);
        var zeros = new byte[Math.Min(bytes, 1 << 20)];
        for (long at = 0; at < bytes; at += zeros.Length)
        {
            var part = (int)Math.Min(zeros.Length, bytes - at);
            file.Write(zeros.AsSpan(0, part), at);
            counters.Wrote(part);
        }

        var log = new PageLog(file, counters, default);
        log.Restart();
        return log;
    }

    /// <summary>
    /// Opens a log at its last confirmed and valid frame; null when it has no valid header. After a failed write,
    /// <paramref name="durable"/> says how far it may be believed: the file may read back what never reached the disk.
    /// </summary>
    public static PageLog? Open(DiskFile file, DiskCounters counters, LogMark? durable = null)
    {
        if (LogHeader.Read(file, durable?.Salt) is not { } header)
            return null;
        var log = new PageLog(file, counters, header);
        log.Scan(durable?.Frames ?? int.MaxValue);
        return log;
    }

    /// <summary>Takes a page as LiteDB writes it. In memory only.</summary>
    public void Append(ReadOnlySpan<byte> page)
    {
        lock (_sync)
        {
            if (_pendingBytes + Frame.HeaderBytes + Frame.PageBytes > _pending.Length)
                Array.Resize(ref _pending, _pending.Length * 2);
            var frame = Frame.Write(
                _pending.AsSpan(_pendingBytes), page, _whole, _previousCrc, _header.Salt, _commit + 1, (uint)_frames.Count);
            Take(frame, _end + _pendingBytes);
            _pendingBytes += frame.Bytes;
            _previousCrc = frame.Crc;
            Volatile.Write(ref _confirmed, frame.Confirms);
            if (frame.Confirms)
                Monitor.PulseAll(_sync);
        }
    }

    /// <summary>Puts the confirmed commit on the disk: one write, one sync.</summary>
    public void Sync()
    {
        if (_pendingBytes == 0)
            return;
        var padded = (int)RoundUp(_pendingBytes);
        if (padded > _pending.Length)
            Array.Resize(ref _pending, padded);
        _pending.AsSpan(_pendingBytes, padded - _pendingBytes).Clear();
        _file.Write(_pending.AsSpan(0, padded), _end);
        _counters.Wrote(padded);
        _file.Sync();
        _counters.Synced();
        lock (_sync)
        {
            _end += padded;
            _pendingBytes = 0;
            _confirmed = false;
            _durableFrames = _frames.Count;
            _commit++;
        }
    }

    /// <summary>True when nothing of the log is in memory alone.</summary>
    public bool IsSynced => _pendingBytes == 0;

    /// <summary>The page of a frame, checked.</summary>
    /// <exception cref="PageDamagedException">It does not match its checksum.</exception>
    public void Read(int index, Span<byte> page, LogWindow? window = null)
    {
        lock (_sync)
        {
            // The base may lie far before: the window stays where it is.
            if (_frames[index].Base is var basis and not Frame.None)
                Expand(basis, page, null);
            Expand(index, page, window);
        }
    }

    /// <summary>For reading all of a synced log, frame by frame.</summary>
    public LogWindow Window() => new(_file);

    /// <summary>The id of the page that a frame holds.</summary>
    public uint PageOf(int index)
    {
        lock (_sync)
            return _frames[index].PageId;
    }

    /// <summary>The index of the page's newest frame; -1 when the log does not hold it.</summary>
    public int Latest(uint page)
    {
        lock (_sync)
            return _latest.GetValueOrDefault(page, -1);
    }

    /// <summary>
    /// Begins the next generation, once the data file durably holds all of this one. The new header goes to the other of two slots and
    /// is synced before a frame is overwritten: until then a crash finds the old generation whole, and replaying that changes nothing.
    /// </summary>
    public void Restart()
    {
        var next = LogHeader.Next(_header);
        next.Write(_file);
        _counters.Wrote(BlockBytes);
        _file.Sync();
        _counters.Synced();
        lock (_sync)
        {
            _header = next;
            _frames.Clear();
            _latest.Clear();
            _whole.Clear();
            _confirmed = false;
            (_pendingBytes, _durableFrames, _end, _commit, HighestPage) = (0, 0, LogHeader.AreaBytes, 0, 0);
            _previousCrc = (uint)next.Salt;
        }
    }

    /// <summary>Waits until LiteDB's queue, which may run on a thread of its own, has handed over the commit's last page.</summary>
    public void AwaitConfirmed()
    {
        // As a rule that takes some 50 µs on another core; to sleep and be woken takes as long again.
        for (var turn = 0; turn < MostTurns && !Volatile.Read(ref _confirmed); turn++)
            Thread.SpinWait(10);
        lock (_sync)
        {
            while (!_confirmed)
            {
                if (!Monitor.Wait(_sync, HandOver))
                    throw new IOException("LiteDB did not hand over the last page of a commit.");
            }
        }
    }

    public void Dispose() => _file.Dispose();

    public static long RoundUp(long bytes) => (bytes + BlockBytes - 1) / BlockBytes * BlockBytes;

    private void Expand(int index, Span<byte> page, LogWindow? window)
    {
        var place = _frames[index];
        ReadOnlySpan<byte> stored;
        if (window is not null)
        {
            stored = window.At(place.Offset, place.Bytes);
        }
        else if (place.Offset >= _end)
        {
            stored = _pending.AsSpan((int)(place.Offset - _end), place.Bytes);
        }
        else
        {
            var read = _file.Read(_frame.AsSpan(0, place.Bytes), place.Offset);
            stored = read == place.Bytes
                ? _frame.AsSpan(0, read)
                : throw new PageDamagedException($"Frame {index} of the log is cut short.");
        }

        if (!Frame.TryRead(stored, out var frame) || !frame.IsWhole(stored))
            throw new PageDamagedException($"Frame {index} of the log does not match its checksum.");
        frame.Expand(stored, page);
    }

    private void Take(Frame frame, long offset)
    {
        _latest[frame.PageId] = _frames.Count;
        _frames.Add(new(offset, frame.Bytes, frame.PageId, frame.Confirms, frame.Base));
        HighestPage = Math.Max(HighestPage, frame.PageId);
    }

    private void Scan(int limit)
    {
        _previousCrc = (uint)_header.Salt;
        var window = new LogWindow(_file);
        var offset = _end;
        var crc = _previousCrc;
        while (_frames.Count < limit
            && window.TryRead(offset, out var frame)
            && frame.Salt == _header.Salt && frame.Index == _frames.Count && frame.Commit == _commit + 1 && frame.Previous == crc
            && (frame.Base == Frame.None || (_frames[frame.Base] is { Base: Frame.None } basis && basis.PageId == frame.PageId)))
        {
            Take(frame, offset);
            crc = frame.Crc;
            offset += frame.Bytes;
            if (!frame.Confirms)
                continue;
            offset = RoundUp(offset);
            (_end, _previousCrc, _durableFrames, _commit) = (offset, crc, _frames.Count, _commit + 1);
        }

        _frames.RemoveRange(_durableFrames, _frames.Count - _durableFrames);
        _latest.Clear();
        HighestPage = 0;
        for (var i = 0; i < _frames.Count; i++)
        {
            _latest[_frames[i].PageId] = i;
            HighestPage = Math.Max(HighestPage, _frames[i].PageId);
        }

        IsDamaged = limit == int.MaxValue && window.HasCommitAfter(_end, _header.Salt, _commit + 1);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(long Offset, int Bytes, uint PageId, bool Confirms, int Base);
}
