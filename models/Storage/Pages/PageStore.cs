using System.Buffers.Binary;
using IotGateway.Storage.Disks;
using IotGateway.Storage.Files;
using IotGateway.Storage.WriteAhead;
using LiteDB;
using LiteDB.Engine;

namespace IotGateway.Storage.Pages;

/// <summary>
/// A LiteDB engine over our two streams: a data file of checksummed pages and the log in front of it. A commit is in memory until
/// <see cref="Sync"/> returns.
/// </summary>
public sealed class PageStore : IDisposable
{
    /// <summary>The bytes that the data file sets aside beyond its pages, at least.</summary>
    public const long SlackBytes = 2 * SparePages * Frame.PageBytes;

    private const int LastPageAt = 64;
    private const long SparePages = 16;
    private const long LargestStep = 8 << 20;
    private readonly DiskFile _data;
    private readonly PageLog _log;
    private readonly LogStream _logStream;
    private readonly int _logBytes;
    private long _reserved;
    private long _lastPage;
    private long _mostBytes;

    private PageStore(DiskFile data, PageLog log, DiskCounters counters, int logBytes)
    {
        (_data, _log, _logBytes, _reserved) = (data, log, logBytes, data.Length);
        Reader = new PageReader(data, log);
        _logStream = new LogStream(log, Reader);
        Engine = new LiteEngine(
            new EngineSettings
            {
                DataStream = new DataStream(data, log, _logStream, Reader, counters),
                LogStream = _logStream,
                TempStream = new MemoryStream(),
            });
    }

    /// <summary>
    /// The engine. A transaction begins and ends on one thread; its commit is followed by <see cref="AwaitConfirmed"/> and
    /// <see cref="Sync"/>.
    /// </summary>
    public LiteEngine Engine { get; }

    /// <summary>The pages past the engine, to be used under the same lock and between its transactions or in one.</summary>
    public PageReader Reader { get; }

    /// <summary>The part of the log that is surely on the disk.</summary>
    public LogMark Mark => _log.Mark;

    /// <summary>Bytes of the pages in use or once used: LiteDB adds a page only when it has no free one.</summary>
    public long PageBytes => (_lastPage + 1) * Frame.PageBytes;

    /// <summary>Bytes that the data file holds or has set aside.</summary>
    public long DataBytes => Math.Max(_reserved, _data.Length);

    /// <summary>Bytes of both files, the space set aside included.</summary>
    public long FileBytes => DataBytes + _log.FileBytes;

    /// <summary>True when the log's used part asks to be copied into the data file.</summary>
    public bool WantsCheckpoint => _log.UsedBytes > _logBytes / 5L * 4;

    /// <summary>The data file's name.</summary>
    /// <param name="name">The pair's name.</param>
    /// <returns>The name in the folder.</returns>
    public static string DataName(string name) => name + ".db";

    /// <summary>The log's name.</summary>
    /// <param name="name">The pair's name.</param>
    /// <returns>The name in the folder.</returns>
    public static string LogName(string name) => name + ".log";

    /// <summary>Opens a pair of files, made when absent.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="name">The pair's name.</param>
    /// <param name="logBytes">The log's size, in bytes; four fifths of it ask for a checkpoint.</param>
    /// <param name="counters">Counts what is asked of the disk.</param>
    /// <param name="durable">After a failed write, the part of the log that may be believed.</param>
    /// <param name="mostBytes">The length at which the data file stops setting space aside ahead of need.</param>
    /// <returns>The store.</returns>
    /// <exception cref="PageDamagedException">The files do not fit together or are damaged; nothing was changed.</exception>
    public static PageStore Open(
        Disk disk, string name, int logBytes, DiskCounters counters, LogMark? durable = null, long mostBytes = long.MaxValue)
    {
        var data = disk.Open(DataName(name));
        DiskFile? logFile = null;
        try
        {
            logFile = disk.Open(LogName(name));
            var log = OpenLog(disk, data, logFile, logBytes, counters, durable);
            if (log is { Generation: 1, Count: 0 })
                data.SetLength(0);
            var lastPage = CheckLength(data, log);
            var store = new PageStore(data, log, counters, logBytes) { _lastPage = lastPage, _mostBytes = mostBytes };
            if (store.Engine.Pragma("CHECKPOINT").AsInt32 != 0)
            {
                // By hand only: the engine would checkpoint inside a commit, before the commit is synced.
                store.Engine.Pragma("CHECKPOINT", 0);
                store.AwaitConfirmed();
                store.Sync();
            }

            return store;
        }
        catch (Exception e)
            when (e is LiteException or InvalidCastException or ArgumentException or NullReferenceException or IndexOutOfRangeException)
        {
            data.Dispose();
            logFile?.Dispose();
            throw new PageDamagedException("LiteDB cannot read the data file.", e);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            data.Dispose();
            logFile?.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the engine's queue, which may run on a thread of its own, has handed over the commit's last page.</summary>
    public void AwaitConfirmed() => _log.AwaitConfirmed();

    /// <summary>
    /// Makes the commit durable. Space for its pages in the data file is set aside first, so that no checkpoint can find the disk full.
    /// </summary>
    /// <param name="spare">May the commit use the last pages set aside? They are kept for commits that make room.</param>
    /// <exception cref="IOException">It is not durable, and the store must be opened again from the disk.</exception>
    public void Sync(bool spare = false)
    {
        _lastPage = Math.Max(_lastPage, _log.HighestPage);
        Reserve(PageBytes, spare);
        _log.Sync();
    }

    /// <summary>Copies the log into the data file, syncs that, and begins the log again.</summary>
    public void Checkpoint()
    {
        _logStream.InCheckpoint = true;
        try
        {
            Engine.Checkpoint();
        }
        finally
        {
            _logStream.InCheckpoint = false;
        }
    }

    /// <summary>After a failed write: puts everything believed on the disk anew and begins a new generation of the log.</summary>
    public void Renew()
    {
        if (_log.Count > 0)
            Checkpoint();
        if (_log.Count > 0)
            throw new IOException("The log could not be copied into the data file.");
        _log.Restart();
    }

    /// <summary>Closes the files, without a checkpoint.</summary>
    public void Dispose()
    {
        try
        {
            Engine.Dispose();
        }
        catch (Exception e) when (e.IsFromDisk() || e is LiteException or AggregateException)
        {
            // The engine closes what it can; what counts is on the disk or was never acknowledged.
        }

        _data.Dispose();
        _log.Dispose();
    }

    private static PageLog OpenLog(Disk disk, DiskFile data, DiskFile file, int logBytes, DiskCounters counters, LogMark? durable)
    {
        if (PageLog.Open(file, counters, durable) is { } log)
            return log.IsDamaged ? throw new PageDamagedException("The log has a hole before its last commit.") : log;
        if (data.Length > 0)
            throw new PageDamagedException("The log is missing or has no valid header.");
        log = PageLog.Create(file, logBytes, counters);
        disk.SyncNames();
        counters.Synced();
        return log;
    }

    private static long CheckLength(DiskFile data, PageLog log)
    {
        if (data.Length == 0 && log is { Generation: 1, Count: 0 })
            return 0;
        var header = new byte[Frame.PageBytes];
        if (log.Latest(0) is var latest and >= 0)
            log.Read(latest, header);
        else if (!DataStream.TryReadPage(data, 0, header))
            throw new PageDamagedException("The first page of the data file is missing or does not match its checksum.");
        var lastPage = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(LastPageAt));
        for (var page = (uint)(data.Length / Frame.PageBytes); page <= lastPage; page++)
        {
            if (log.Latest(page) < 0)
                throw new PageDamagedException($"The data file ends before page {page} of {lastPage}.");
        }

        return lastPage;
    }

    private void Reserve(long needed, bool spare)
    {
        var least = needed + (spare ? 0 : SparePages * Frame.PageBytes);
        if (least <= _reserved)
            return;
        var step = Math.Max(0, Math.Min(Math.Clamp(_reserved / 16, SparePages * Frame.PageBytes, LargestStep), _mostBytes - least));
        try
        {
            _data.Reserve(least + step);
            _reserved = least + step;
        }
        catch (Exception e) when (e.IsFull())
        {
            _data.Reserve(least);
            _reserved = least;
        }
    }
}
