using System.Buffers;
using System.Globalization;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;
using Microsoft.Win32.SafeHandles;

namespace IotGateway.Cloud.Lake.Raw;

/// <summary>
/// Log of what was received and does not lie in raw objects yet: segments <c>NUMBER.log</c> of one size, each group of batches one write
/// and one sync. A segment is zero-filled when it is made and used again under a higher number, so that a sync has no metadata to write;
/// the number stands in each frame and tells old ones from new.
/// </summary>
internal sealed class RawLog : IDisposable
{
    public const int SegmentBytes = 16 * 1024 * 1024;

    private const int MostSpares = 4;

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _group = new(1024 * 1024);
    private readonly List<LogSegment> _sealed = [];
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private int _length;
    private long _began;
    private long _number;
    private DateTimeOffset _newest;

    public RawLog(string folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        DurableFile.CreateFolder(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "*.log").Order(StringComparer.Ordinal))
        {
            _number = Math.Max(_number, Number(file));
            if (!Path.GetFileName(file).StartsWith("spare-", StringComparison.Ordinal))
                _sealed.Add(new LogSegment(Number(file), file));
        }

        foreach (var segment in _sealed)
        {
            segment.Newest = segment.Read().Batches.Select(b => b.Received).DefaultIfEmpty().Max();
            NotBefore(segment.Newest);
        }
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
            return stamps;
        }
    }

    /// <summary>Makes a file ready for the next segment, so that the one who appends need not.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_file is null || Directory.EnumerateFiles(_folder, "spare-*.log").Any())
                return;
        }

        DurableFile.Write(Path.Combine(_folder, $"spare-{Path.GetFileName(FileOf(0))}"), new byte[SegmentBytes]);
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
            _sealed.Remove(segment);
            if (Directory.EnumerateFiles(_folder, "spare-*.log").Count() < MostSpares && new FileInfo(segment.File).Length == SegmentBytes)
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
            foreach (var spare in Directory.EnumerateFiles(_folder, "spare-*.log").ToList())
                File.Delete(spare);
            DurableFile.SyncFolder(_folder);
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Seal()
    {
        if (_file is null)
            return;
        _file.Dispose();
        _file = null;
        _sealed.Add(new LogSegment(_number, FileOf(_number)) { Newest = _newest });
    }

    private void Begin()
    {
        var file = FileOf(_number + 1);
        if (Directory.EnumerateFiles(_folder, "spare-*.log").FirstOrDefault() is { } spare)
            File.Move(spare, file);
        else
            DurableFile.Write(file, new byte[SegmentBytes]);
        DurableFile.SyncFolder(_folder);
        _file = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.Read);
        (_number, _length, _began) = (_number + 1, 0, _time.GetTimestamp());
    }

    private DateTimeOffset NextStamp()
    {
        var now = _time.GetUtcNow();
        return _newest = now > _newest ? now : _newest.AddTicks(1);
    }

    private string FileOf(long number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number:D12}.log"));

    private static long Number(string file) =>
        long.Parse(Path.GetFileNameWithoutExtension(file).AsSpan()[^12..], NumberStyles.None, CultureInfo.InvariantCulture);
}
