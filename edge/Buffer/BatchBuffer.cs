using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Buffer.Files;
using IotGateway.Edge.Buffer.Writing;
using IotGateway.Hosting;
using IotGateway.Storage.Disks;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Buffer;

/// <summary>
/// The edge's durable buffer: what it has acknowledged survives a kill, a power cut and a full disk. Batches go in with a sequence each
/// and stay until every destination has acknowledged them. See README.md beside this file for the order of writes and why it is safe.
/// </summary>
internal sealed class BatchBuffer : IAsyncDisposable
{
    private const double UsualWarnShare = 0.8;

    private readonly BufferFiles _files;
    private readonly PublishedIndex _published;
    private readonly Committer _committer;
    private readonly BacklogReader _backlog;
    private readonly DiskPolicy _policy;

    private BatchBuffer(BufferOptions options, BufferFiles files, TimeProvider time, ILogger log, ThinBatch? thin, Func<double>? warnAt)
    {
        _files = files;
        _published = new PublishedIndex(files.Index);
        _policy = new DiskPolicy(LimitsOf(options), thin, warnAt ?? (() => UsualWarnShare));
        _committer = new Committer(files, _published, _policy, options.AcknowledgeDelay, time, log);
        _backlog = new BacklogReader(files, _published, _committer, log);
    }

    /// <summary>The random id of this run of sequences; a new one when files were begun anew.</summary>
    public string StreamId
    {
        get
        {
            lock (_published.Gate)
                return _published.Now.StreamId;
        }
    }

    /// <summary>The highest sequence known to have been sent under this id, as far as that is durable.</summary>
    public long SentThrough
    {
        get
        {
            lock (_published.Gate)
                return _published.Now.SentThrough;
        }
    }

    /// <summary>Faults when the writer has stopped by a fault of its own; the host should then end, so that it is started again.</summary>
    public Task Completion => _committer.Stopped;

    /// <summary>The writer's sign of life, for the watchdog.</summary>
    public Heartbeat Heartbeat => _committer.Heartbeat;

    /// <summary>
    /// Losses to be reported upstream, ascending by id. A record handed out here grows no more; later losses make another.
    /// </summary>
    public IReadOnlyList<LossRecord> Losses
    {
        get
        {
            lock (_published.Gate)
            {
                var losses = DurableLosses();
                if (losses.Count > 0)
                    _published.Now.LossesHandedOut = Math.Max(_published.Now.LossesHandedOut, losses[^1].Id);
                return losses;
            }
        }
    }

    /// <summary>The same for whoever only looks: a record seen here may still grow.</summary>
    public IReadOnlyList<LossRecord> PendingLosses
    {
        get
        {
            lock (_published.Gate)
                return DurableLosses();
        }
    }

    /// <summary>The buffer at this moment.</summary>
    public BufferStatus Status
    {
        get
        {
            lock (_published.Gate)
                return BufferStatus.Of(_files, _published, _policy, _backlog);
        }
    }

    /// <summary>Opens the buffer of a folder, made when absent. Damaged files are set aside and what can be read of them is kept.</summary>
    /// <param name="options">Folder and limits; validated here.</param>
    /// <param name="destinations">Those who must acknowledge a batch before it is deleted: at least one. A name that is new begins with
    /// what is held; one that is gone holds nothing back.</param>
    /// <param name="time">The clock of stamps and delays.</param>
    /// <param name="log">Told of damage, failures and the disk policy.</param>
    /// <param name="thin">Thins a batch for the disk policy; null thins by whole batches.</param>
    /// <param name="warnAt">The share of the limit from which it warns, asked each time; null for 0.8.</param>
    /// <exception cref="BufferInUseException">Another gateway has the folder open.</exception>
    public static BatchBuffer Open(
        BufferOptions options, IReadOnlyList<string> destinations, TimeProvider time, ILogger log, ThinBatch? thin = null,
        Func<double>? warnAt = null)
    {
        options.Checked();
        return Open(Take(options.Directory), options, destinations, time, log, thin, warnAt);
    }

    /// <summary>Opens a buffer on a given disk, which it then owns.</summary>
    internal static BatchBuffer Open(
        Disk disk, BufferOptions options, IReadOnlyList<string> destinations, TimeProvider time, ILogger log, ThinBatch? thin = null,
        Func<double>? warnAt = null)
    {
        try
        {
            if (destinations.Count == 0 || destinations.Distinct(StringComparer.Ordinal).Count() != destinations.Count)
                throw new ArgumentException(
                    "The buffer needs at least one destination, each under a name of its own.", nameof(destinations));
            return new BatchBuffer(options, new BufferFiles(disk, LimitsOf(options), destinations, time, log), time, log, thin, warnAt);
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
    public Task<long> AppendAsync(ReadOnlyMemory<byte> payload, int readings, BatchKind kind, CancellationToken cancellation) =>
        _committer.AppendAsync(Pending(payload, readings, kind), cancellation);

    /// <summary>
    /// The same for a caller that does nothing else until the batch is durable: unless another thread is writing, this one writes and
    /// syncs before the call returns, which saves waking two threads. Calls one after the other share no sync; what others queue
    /// meanwhile shares the next.
    /// </summary>
    public Task<long> AppendHereAsync(ReadOnlyMemory<byte> payload, int readings, BatchKind kind, CancellationToken cancellation) =>
        _committer.AppendHereAsync(Pending(payload, readings, kind), cancellation);

    /// <summary>
    /// Batches that a destination has not acknowledged, ascending, from a sequence on: at least one if there is any, else as many as both
    /// limits allow. Each is found by its key, so that memory stays flat however long the backlog is.
    /// </summary>
    public IReadOnlyList<BufferedBatch> Read(string destination, long from, int maxBatches, long maxBytes, BatchKind? kind = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatches, 1);
        return _backlog.Read(destination, from, maxBatches, maxBytes, kind);
    }

    /// <summary>
    /// Notes that a destination has a range of sequences, in any order, overlapping or not. Completes when noted in memory: the
    /// batches are
    /// not read again, and the next commit (or one of its own after <see cref="BufferOptions.AcknowledgeDelay"/>) makes it durable and
    /// deletes what every destination has. A crash before that sends them again; <see cref="FlushAsync"/> waits for it.
    /// </summary>
    public Task AcknowledgeAsync(string destination, long first, long last, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        cancellation.ThrowIfCancellationRequested();
        lock (_published.Gate)
        {
            var cursor = _published.Now.Destination(destination);
            first = Math.Max(1, first);
            last = Math.Min(last, _published.Last);
            if (first <= last)
            {
                foreach (var part in cursor.Known.Outside(first, last).ToList())
                    cursor.Acknowledge(part.First, part.Last);
                _committer.Requests.AcknowledgementsWait(cursor.Waiting.Count);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Notes that batches up to a sequence were sent; the next commit makes it durable.</summary>
    public void NoteSent(long last)
    {
        lock (_published.Gate)
            _published.Now.SentThrough = Math.Max(_published.Now.SentThrough, last);
    }

    /// <summary>
    /// Gives a batch up for all destinations, to be reported as a gap with its cause: it is not read again, and the next commit removes
    /// it and
    /// records the gap. Who has kept the batch elsewhere may call this; a crash before the commit leaves the batch here.
    /// </summary>
    public void GiveUp(long sequence, string cause)
    {
        lock (_published.Gate)
        {
            if (!_published.Now.Holds(sequence))
                return;
            foreach (var cursor in _published.Now.Destinations)
                cursor.Known.Add(sequence, sequence);
            _committer.Requests.Drop(sequence, cause);
        }
    }

    /// <summary>
    /// Goes on under a new stream id, because the present one turned out to have been used by another run of this buffer. Completes when
    /// that is durable.
    /// </summary>
    public Task BeginStreamAsync(CancellationToken cancellation) => _committer.Requests.BeginStreamAsync().WaitAsync(cancellation);

    /// <summary>Completes when everything acknowledged so far is durable.</summary>
    public Task FlushAsync(CancellationToken cancellation) => _committer.Requests.FlushAsync().WaitAsync(cancellation);

    /// <summary>Forgets losses that have been reported upstream; completes when that is durable.</summary>
    public Task ForgetLossesAsync(long throughId, CancellationToken cancellation) =>
        _committer.Requests.ForgetLossesAsync(throughId).WaitAsync(cancellation);

    /// <summary>Completes when a sequence after <paramref name="after"/> is durable.</summary>
    public Task WaitForAppendAsync(long after, CancellationToken cancellation) => _published.WaitForAppendAsync(after, cancellation);

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

    private static BufferLimits LimitsOf(BufferOptions options) => new(options.MaxBytes, options.LogBytes, options.ReserveFreeBytes);

    private static FolderDisk Take(string folder)
    {
        try
        {
            return new FolderDisk(folder);
        }
        catch (FolderInUseException e)
        {
            throw new BufferInUseException(
                $"{e.Message} Another gateway keeps its buffer there: stop it, or give this one a folder of its own (Buffer:Directory).",
                e);
        }
    }

    private static PendingAppend Pending(ReadOnlyMemory<byte> payload, int readings, BatchKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, BufferedBatch.LargestPayloadBytes, nameof(payload));
        ArgumentOutOfRangeException.ThrowIfNegative(readings);
        return new PendingAppend(payload, readings, kind);
    }

    private List<LossRecord> DurableLosses() =>
        [.. _published.Now.Losses.Where(l => !_published.Now.Unpublished.Contains(l.Id)).OrderBy(l => l.Id)];
}
