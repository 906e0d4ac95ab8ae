using IotGateway.Hosting;
using IotGateway.Storage.Disks;
using IotGateway.Storage.WriteAhead;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Buffer;

/// <summary>
/// The edge's durable buffer: what it has acknowledged survives a kill, a power cut and a full disk. Batches go in with a sequence each
/// and stay until every uplink has acknowledged them. See README.md beside this file for the order of writes and why it is safe.
/// </summary>
internal sealed class BatchBuffer : IAsyncDisposable
{
    /// <summary>The largest payload, in bytes.</summary>
    public const int LargestPayloadBytes = 8 << 20;

    private const double UsualWarnShare = 0.8;

    private readonly BufferFiles _files;
    private readonly Committer _committer;
    private readonly DiskPolicy _room;
    private readonly ILogger _log;

    private BatchBuffer(BufferOptions options, BufferFiles files, TimeProvider time, ILogger log, ThinBatch? thin, Func<double>? warnAt)
    {
        (_files, _log) = (files, log);
        _room = new DiskPolicy(options, thin, warnAt ?? (() => UsualWarnShare));
        _committer = new Committer(files, _room, options, time, log);
    }

    /// <summary>The random id of this run of sequences; a new one when files were begun anew.</summary>
    public string StreamId
    {
        get
        {
            lock (_committer.Gate)
                return _committer.Ledger.StreamId;
        }
    }

    /// <summary>The highest sequence known to have been sent under this id, as far as that is durable.</summary>
    public long SentThrough
    {
        get
        {
            lock (_committer.Gate)
                return _committer.Ledger.SentThrough;
        }
    }

    /// <summary>Faults when the writer has stopped by a fault of its own; the host should then end, so that it is started again.</summary>
    public Task Completion => _committer.Stopped;

    /// <summary>Whether the writer makes progress, for the watchdog.</summary>
    public Heartbeat Heartbeat => _committer.Heartbeat;

    /// <summary>Losses to be reported upstream, ascending by id. A record handed out here grows no more; later losses make another.</summary>
    public IReadOnlyList<LossRecord> Losses
    {
        get
        {
            lock (_committer.Gate)
            {
                var losses = DurableLosses();
                if (losses.Count > 0)
                    _committer.Ledger.LossesHandedOut = Math.Max(_committer.Ledger.LossesHandedOut, losses[^1].Id);
                return losses;
            }
        }
    }

    /// <summary>The same for whoever only looks: a record seen here may still grow.</summary>
    public IReadOnlyList<LossRecord> PendingLosses
    {
        get
        {
            lock (_committer.Gate)
                return DurableLosses();
        }
    }

    /// <summary>The buffer at this moment.</summary>
    public BufferStatus Status
    {
        get
        {
            lock (_committer.Gate)
                return Look();
        }
    }

    /// <summary>Opens the buffer of a folder, made when absent. Damaged files are set aside and what can be read of them is kept.</summary>
    /// <param name="options">Folder and limits; validated here.</param>
    /// <param name="uplinks">Who must acknowledge a batch before it is deleted: at least one. A name that is new begins with what is held; one that is gone holds nothing back.</param>
    /// <param name="time">The clock of stamps and delays.</param>
    /// <param name="log">Told of damage, failures and the disk policy.</param>
    /// <param name="thin">Thins a batch for the disk policy; null thins by whole batches.</param>
    /// <param name="warnAt">The share of the limit from which it warns, asked each time; null for 0.8.</param>
    /// <exception cref="BufferInUseException">Another gateway has the folder open.</exception>
    public static BatchBuffer Open(BufferOptions options, IReadOnlyList<string> uplinks, TimeProvider time, ILogger log, ThinBatch? thin = null, Func<double>? warnAt = null)
    {
        options.Checked();
        return Open(Take(options.Directory), options, uplinks, time, log, thin, warnAt);
    }

    /// <summary>Opens a buffer on a given disk, which it then owns.</summary>
    internal static BatchBuffer Open(Disk disk, BufferOptions options, IReadOnlyList<string> uplinks, TimeProvider time, ILogger log, ThinBatch? thin = null, Func<double>? warnAt = null)
    {
        try
        {
            if (uplinks.Count == 0 || uplinks.Distinct(StringComparer.Ordinal).Count() != uplinks.Count)
                throw new ArgumentException("The buffer needs at least one uplink, each under a name of its own.", nameof(uplinks));
            return new BatchBuffer(options, new BufferFiles(disk, options, uplinks, time, log), time, log, thin, warnAt);
        }
        catch (Exception)
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stores a batch; completes with its sequence when it is durable. Sequences follow the order of the calls, without holes. The
    /// payload must not change until then. A cancelled append is either not stored or was already being written and completes.
    /// </summary>
    /// <exception cref="BufferFullException">Not stored: there is no room and none may be made.</exception>
    /// <exception cref="BufferWriteException">Not stored: the disk failed.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is closed.</exception>
    public Task<long> AppendAsync(ReadOnlyMemory<byte> payload, int readings, BatchKind kind, CancellationToken ct) =>
        _committer.AppendAsync(Pending(payload, readings, kind), ct);

    /// <summary>
    /// The same for a caller that does nothing else until the batch is durable: unless another thread is writing, this one writes and
    /// syncs before the call returns, which saves waking two threads. Calls one after the other share no sync; what others queue
    /// meanwhile shares the next.
    /// </summary>
    public Task<long> AppendHereAsync(ReadOnlyMemory<byte> payload, int readings, BatchKind kind, CancellationToken ct) =>
        _committer.AppendHereAsync(Pending(payload, readings, kind), ct);

    /// <summary>
    /// Batches that an uplink has not acknowledged, ascending, from a sequence on: at least one if there is any, else as many as both
    /// limits allow. Each is found by its key, so that memory stays flat however long the backlog is.
    /// </summary>
    public IReadOnlyList<BufferedBatch> Read(string uplink, long from, int maxBatches, long maxBytes, BatchKind? kind = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatches, 1);
        var batches = new List<BufferedBatch>(Math.Min(maxBatches, 64));
        var bytes = 0L;
        for (var next = from; batches.Count < maxBatches && (batches.Count == 0 || bytes < maxBytes);)
        {
            // The lock is taken for each batch, so that a long read does not hold up the writer.
            lock (_committer.Gate)
            {
                if (!_files.IsOpen || Next(_committer.Ledger, _committer.Ledger.Uplink(uplink), next, kind) is not { } sequence || !TryFind(sequence, out var batch))
                    break;
                next = sequence + 1;
                if (batch is null)
                    continue;
                if (batches.Count > 0 && bytes + batch.Payload.Length > maxBytes)
                    break;
                batches.Add(batch);
                bytes += batch.Payload.Length;
            }
        }

        return batches;
    }

    /// <summary>
    /// Notes that an uplink has a range of sequences, in any order, overlapping or not. Completes when noted in memory: the batches are
    /// not read again, and the next commit (or one of its own after <see cref="BufferOptions.AcknowledgeDelay"/>) makes it durable and
    /// deletes what every uplink has. A crash before that sends them again; <see cref="FlushAsync"/> waits for it.
    /// </summary>
    public Task AcknowledgeAsync(string uplink, long first, long last, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        ct.ThrowIfCancellationRequested();
        lock (_committer.Gate)
        {
            var cursor = _committer.Ledger.Uplink(uplink);
            first = Math.Max(1, first);
            last = Math.Min(last, _committer.Published);
            if (first <= last)
            {
                foreach (var part in cursor.Known.Outside(first, last).ToList())
                    cursor.Acknowledge(part.First, part.Last);
                _committer.AcknowledgementsWait(cursor.Waiting.Count);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Notes that batches up to a sequence were sent; the next commit makes it durable.</summary>
    public void NoteSent(long last)
    {
        lock (_committer.Gate)
            _committer.Ledger.SentThrough = Math.Max(_committer.Ledger.SentThrough, last);
    }

    /// <summary>
    /// Gives a batch up for all uplinks, to be reported as a gap with its cause: it is not read again, and the next commit removes it and
    /// records the gap. Who has kept the batch elsewhere may call this; a crash before the commit leaves the batch here.
    /// </summary>
    public void GiveUp(long sequence, string cause)
    {
        lock (_committer.Gate)
        {
            if (!_committer.Ledger.Holds(sequence))
                return;
            foreach (var cursor in _committer.Ledger.Uplinks)
                cursor.Known.Add(sequence, sequence);
            _committer.Drop(sequence, cause);
        }
    }

    /// <summary>
    /// Goes on under a new stream id, because the present one turned out to have been used by another run of this buffer. Completes when
    /// that is durable.
    /// </summary>
    public Task BeginStreamAsync(CancellationToken ct) => _committer.BeginStreamAsync().WaitAsync(ct);

    /// <summary>Completes when everything acknowledged so far is durable.</summary>
    public Task FlushAsync(CancellationToken ct) => _committer.FlushAsync().WaitAsync(ct);

    /// <summary>Forgets losses that have been reported upstream; completes when that is durable.</summary>
    public Task ForgetLossesAsync(long throughId, CancellationToken ct) => _committer.ForgetLossesAsync(throughId).WaitAsync(ct);

    /// <summary>Completes when a sequence after <paramref name="after"/> is durable.</summary>
    public async Task WaitForAppendAsync(long after, CancellationToken ct)
    {
        while (true)
        {
            Task appended;
            lock (_committer.Gate)
            {
                if (_committer.Published > after)
                    return;
                appended = _committer.Appended;
            }

            await appended.WaitAsync(ct);
        }
    }

    /// <summary>Takes no more appends, makes those that wait durable with all acknowledgements, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _committer.StopAsync();
        }
        finally
        {
            _committer.Dispose();
            _files.Dispose();
        }
    }

    private static FolderDisk Take(string folder)
    {
        try
        {
            return new FolderDisk(folder);
        }
        catch (FolderInUseException e)
        {
            throw new BufferInUseException($"{e.Message} Another gateway keeps its buffer there: stop it, or give this one a folder of its own (Buffer:Directory).", e);
        }
    }

    private static PendingAppend Pending(ReadOnlyMemory<byte> payload, int readings, BatchKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, LargestPayloadBytes, nameof(payload));
        ArgumentOutOfRangeException.ThrowIfNegative(readings);
        return new PendingAppend(payload, readings, kind);
    }

    private static long? Next(BufferIndex ledger, DestinationCursor cursor, long published, long from, BatchKind? kind)
    {
        for (var next = Math.Max(1, from); ;)
        {
            next = cursor.Known.NextMissing(next);
            var fits = kind switch
            {
                BatchKind.Alarm => ledger.Alarms.NextHeld(next) ?? long.MaxValue,
                BatchKind.Ordinary => ledger.Alarms.NextMissing(next),
                _ => next,
            };
            if (next > published || fits > published)
                return null;
            if (fits == next)
                return next;
            next = fits;
        }
    }

    private long? Next(BufferIndex ledger, DestinationCursor cursor, long from, BatchKind? kind) => Next(ledger, cursor, _committer.Published, from, kind);

    /// <summary>False where the files turned out to be damaged; the writer then salvages them. A null batch is one to pass over.</summary>
    private bool TryFind(long sequence, out BufferedBatch? batch)
    {
        batch = null;
        try
        {
            var kind = _committer.Ledger.Alarms.Contains(sequence) ? BatchKind.Alarm : BatchKind.Ordinary;
            batch = _files.Store.Find(_committer.Ledger, sequence, kind);
            if (batch is null && _committer.Ledger.Holds(sequence))
            {
                _log.BatchDamaged(sequence);
                _committer.Drop(sequence, LossCause.Damaged);
            }

            return true;
        }
        catch (PageDamagedException e)
        {
            _committer.ReportDamage(e);
            return false;
        }
    }

    private BufferStatus Look()
    {
        var ledger = _committer.Ledger;
        var first = ledger.NextHeld(1) is { } held && held <= _committer.Published ? held : 0;
        var oldest = first > 0 && _files.IsOpen && TryFind(first, out var batch) ? batch?.AppendedAt : null;
        var used = _room.UsedShare(_files, ledger);
        return new BufferStatus
        {
            StreamId = ledger.StreamId,
            Batches = ledger.Batches,
            Readings = ledger.Readings,
            Bytes = ledger.Bytes,
            OldestAppendedAt = oldest,
            FirstSequence = first,
            LastSequence = _committer.Published,
            PendingByUplink = ledger.Uplinks.ToDictionary(u => u.Name, u => _committer.Published - u.Known.Inside(1, _committer.Published).Sum(r => r.Count), StringComparer.Ordinal),
            LossesByCause = new Dictionary<string, long>(ledger.LossTotals, StringComparer.Ordinal),
            FileBytes = _files.IsOpen ? _files.Store.Pages.FileBytes : 0,
            UsedShare = used,
            Warning = used >= _room.WarnAt,
            BytesWritten = _files.Counters.BytesWritten,
            ReadingsAppended = _committer.ReadingsAppended,
            Syncs = _files.Counters.Syncs,
            Commits = _committer.Commits,
            Checkpoints = _committer.Checkpoints,
            DamagedFiles = _files.DamagedFiles,
            Writable = _files.IsOpen,
        };
    }

    private List<LossRecord> DurableLosses() =>
        [.. _committer.Ledger.Losses.Where(l => !_committer.Ledger.Unpublished.Contains(l.Id)).OrderBy(l => l.Id)];
}
