using System.Buffers;
using System.Globalization;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Log of what was received and does not lie in raw objects yet: segments <c>NUMBER.log</c> of one size, each group of batches one write
/// and one sync. A segment is zero-filled when it is made and used again under a higher number, so that a sync has no metadata to write;
/// the number stands in each frame and tells old ones from new. Which segments there must be stands in a ledger beside the folder.
/// </summary>
internal sealed class RawLog : IDisposable
{
    public const int SegmentBytes = 16 * 1024 * 1024;

    private const int MostSpares = 4;

    private static readonly TimeSpan NotedEvery = TimeSpan.FromSeconds(5);

    /// <summary>A noted arrival later than now by more than this is no reason to date others after it.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _group = new(1024 * 1024);
    private readonly LogLedger _ledger;
    private readonly List<(string Place, string Detail)> _faults = [];
    private readonly List<LogSegment> _sealed = [];
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private int _length;
    private long _batches;
    private long _began;
    private long? _notedAt;
    private long _notedNumber;
    private long _number;
    private DateTimeOffset _newest;

    public RawLog(string folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        DurableFile.CreateFolder(folder);
        _ledger = new LogLedger($"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))}.ledger");
        if (_ledger.Read() is { } problem)
            _faults.Add((folder, problem));
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (SegmentName.NumberOf(entry.Name) is not { } number)
                continue;
            _number = Math.Max(_number, number);
            if (entry is FileInfo && !SegmentName.IsSpare(entry.Name))
                _sealed.Add(new LogSegment(number, entry.FullName));
        }

        _sealed.Sort((a, b) => a.Number.CompareTo(b.Number));
        foreach (var segment in _sealed)
            Open(segment);
        foreach (var (number, note) in _ledger.Segments ?? new Dictionary<long, SegmentNote>())
        {
            _number = Math.Max(_number, number);
            if (note.Newest <= time.GetUtcNow() + MostAhead)
                NotBefore(note.Newest);
            else if (note.Newest > _newest)
                _faults.Add((FileOf(number), $"is noted with an arrival at {note.Newest:u}, which is to come: that time is not gone by"));
            if (note is { Batches: > 0, InObjects: false } && !_sealed.Exists(s => s.Number == number))
                _faults.Add((FileOf(number), $"is missing, with at least {note.Batches} batches received until {note.Newest:u}"));
        }
    }

    /// <summary>Tells what is missing or damaged of what the log held, once: from then on the log counts on what is there.</summary>
    public void Tell(Action<string, string> fault)
    {
        foreach (var (place, detail) in _faults)
            fault(place, detail);
        _faults.Clear();
        _notedAt = null; // the next tick writes the ledger
    }

    /// <summary>The segments that nothing is added to any more, oldest first.</summary>
    public IReadOnlyList<LogSegment> Sealed
    {
        get
        {
            lock (_gate)
                return [.. _sealed];
        }
    }

    /// <summary>The time given last; the least time before any was.</summary>
    public DateTimeOffset Newest
    {
        get
        {
            lock (_gate)
                return _newest;
        }
    }

    /// <summary>Times given from now on are later than this one.</summary>
    public void NotBefore(DateTimeOffset time)
    {
        lock (_gate)
            _newest = time > _newest ? time : _newest;
    }

    /// <summary>Writes a group of batches, at most half a segment; all of them are durable once it returns.</summary>
    /// <returns>When each was received.</returns>
    public IReadOnlyList<DateTimeOffset> Append(IReadOnlyList<(Batch Batch, ReadOnlyMemory<byte> Bytes)> group)
    {
        lock (_gate)
        {
            if (_file is null || _length + group.Sum(b => (long)b.Bytes.Length + 1024) > SegmentBytes)
            {
                Seal();
                Begin();
            }

            _group.ResetWrittenCount();
            var stamps = new DateTimeOffset[group.Count];
            for (var i = 0; i < stamps.Length; i++)
            {
                var (batch, bytes) = group[i];
                stamps[i] = NextStamp();
                RawFrames.Write(
                    _group, new RawBatch(batch.Gateway, batch.Stream, new SequenceRange(batch.First, batch.Last), stamps[i], bytes),
                    _number);
            }

            RandomAccess.Write(_file!, _group.WrittenSpan, _length);
            DurableFile.SyncData(_file!);
            _length += _group.WrittenCount;
            _batches += stamps.Length;
            return stamps;
        }
    }

    /// <summary>Makes a file ready for the next segment, so that the one who appends need not, and keeps the ledger.</summary>
    public void Prepare()
    {
        if (_notedAt is not { } at || _notedNumber != _number || _time.GetElapsedTime(at) >= NotedEvery)
            NoteLedger();
        lock (_gate)
        {
            if (_file is null || Spares().Any())
                return;
        }

        DurableFile.WriteZeros(Path.Combine(_folder, $"spare-{Path.GetFileName(FileOf(0))}"), SegmentBytes);
    }

    /// <summary>Ends the open segment if it holds something for at least <paramref name="age"/>.</summary>
    public void Seal(TimeSpan age)
    {
        lock (_gate)
        {
            if (_file is not null && _time.GetElapsedTime(_began) >= age)
                Seal();
        }
    }

    /// <summary>Lets go of a segment whose batches lie elsewhere.</summary>
    public void Release(LogSegment segment)
    {
        lock (_gate)
        {
            // Out of the ledger first: a crash between must not make it look lost.
            WriteLedger(but: segment);
            _sealed.Remove(segment);
            if (Spares().Count() < MostSpares && new FileInfo(segment.File).Length == SegmentBytes)
                File.Move(segment.File, Path.Combine(_folder, $"spare-{Path.GetFileName(segment.File)}"));
            else
                File.Delete(segment.File);
            DurableFile.SyncFolder(_folder);
        }
    }

    /// <summary>Deletes the files that wait to be used again: what they held still stands in them.</summary>
    public void DeleteSpares()
    {
        lock (_gate)
        {
            foreach (var spare in Spares().ToList())
                File.Delete(spare);
            DurableFile.SyncFolder(_folder);
        }
    }

    public void Dispose()
    {
        if (_file is null)
            return;
        _file.Dispose();
        try
        {
            NoteLedger();
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // A full disk: what the ledger lacks would only be missed later.
        }

        _file = null;
    }

    /// <summary>Reads a segment that an earlier process left, and compares it with what must be in it.</summary>
    private void Open(LogSegment segment)
    {
        var damaged = segment.Read((batch, _) =>
        {
            segment.Batches++;
            segment.Newest = batch.Received > segment.Newest ? batch.Received : segment.Newest;
        });
        NotBefore(segment.Newest);
        var note = _ledger.Segments?.GetValueOrDefault(segment.Number);
        if (note is { InObjects: true })
            return;
        if (note is not null && segment.Batches < note.Batches)
            _faults.Add((segment.File, $"holds {segment.Batches} of at least {note.Batches} batches received until {note.Newest:u}"));
        else if (damaged > 0)
            _faults.Add((segment.File, $"has {damaged} unreadable stretches between its batches"));
        else if (note is null && segment.Batches == 0 && (segment.IsNoise || new FileInfo(segment.File).Length != SegmentBytes))
            _faults.Add((segment.File, $"holds no batch that can be read, and is not as it was made, {SegmentBytes} bytes of zeros"));
    }

    private void NoteLedger()
    {
        lock (_gate)
            WriteLedger();
    }

    private void WriteLedger(LogSegment? but = null)
    {
        var notes = _sealed.Where(s => s != but).Select(s => new SegmentNote(s.Number, s.Batches, s.Newest, s.IsInObjects));
        _ledger.Write([.. _file is null ? notes : notes.Append(new SegmentNote(_number, _batches, _newest, InObjects: false))]);
        (_notedAt, _notedNumber) = (_time.GetTimestamp(), _number);
    }

    private void Seal()
    {
        if (_file is null)
            return;
        _file.Dispose();
        _file = null;
        _sealed.Add(new LogSegment(_number, FileOf(_number)) { Newest = _newest, Batches = _batches });
    }

    private void Begin()
    {
        var file = FileOf(_number + 1);
        if (Spares().FirstOrDefault() is { } spare)
            File.Move(spare, file);
        else
            DurableFile.WriteZeros(file, SegmentBytes);
        DurableFile.SyncFolder(_folder);
        _file = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.Read);
        (_number, _length, _batches, _began) = (_number + 1, 0, 0, _time.GetTimestamp());
    }

    private DateTimeOffset NextStamp()
    {
        var now = _time.GetUtcNow();
        return _newest = now > _newest ? now : _newest.AddTicks(1);
    }

    private string FileOf(long number) => Path.Combine(_folder, SegmentName.Of(number));

    private IEnumerable<string> Spares() =>
        Directory.EnumerateFiles(_folder, "spare-*.log").Where(f => SegmentName.IsSpare(Path.GetFileName(f)));

    /// <summary>Names of segments: <c>000000000001.log</c>, and <c>spare-000000000001.log</c> for one to be used again.</summary>
    private static class SegmentName
    {
        private const string Spare = "spare-";

        public static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"{number:D12}.log");

        public static bool IsSpare(string name) => name.StartsWith(Spare, StringComparison.Ordinal) && NumberOf(name) is not null;

        /// <summary>The number in a name; null for a file that is none of ours, whatever it is.</summary>
        public static long? NumberOf(string name)
        {
            var plain = name.StartsWith(Spare, StringComparison.Ordinal) ? name[Spare.Length..] : name;
            return plain.Length is >= 16 and <= 20 && plain.EndsWith(".log", StringComparison.Ordinal)
                && long.TryParse(plain.AsSpan(..^4), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && Of(number) == plain ? number : null;
        }
    }
}
