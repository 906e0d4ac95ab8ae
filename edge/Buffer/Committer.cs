using IotGateway.Hosting;
using IotGateway.Storage.Files;
using IotGateway.Storage.WriteAhead;
using LiteDB;

namespace IotGateway.Edge.Buffer;

/// <summary>
/// Writes, on one thread at a time: it takes whatever queued during the last sync and makes it one commit: acknowledgements, appends
/// and the removals that make room for them. As a rule that is a thread of its own; a caller that would only wait may do it instead,
/// because waking another thread and being woken by it costs as much as the commit. There is no timer for appends; acknowledgements
/// alone wait a moment for one to share its sync.
/// </summary>
internal sealed class Committer : IDisposable
{
    private const int DeletionsACommit = 128;
    private const int PlacesACommit = 64;
    private const int HurriedAcknowledgements = 64;
    private static readonly TimeSpan RetryClosed = TimeSpan.FromSeconds(1);

    private readonly AppendQueue _queue = new();
    private readonly Lock _turn = new();
    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BufferFiles _files;
    private readonly DiskPolicy _room;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TimeSpan _acknowledgeDelay;
    private readonly ITimer _timer;
    private readonly List<PendingAppend> _group = [];
    private readonly List<TaskCompletionSource> _flushes = [];
    private readonly ControlRequests _errands = new();
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _acknowledgeNow;
    private bool _timerRuns;
    private bool _stopping;
    private bool _ended;
    private bool _warned;
    private PageDamagedException? _damage;

    public Committer(BufferFiles files, DiskPolicy room, BufferOptions options, TimeProvider time, ILogger log)
    {
        (_files, _room, _time, _log, _acknowledgeDelay) = (files, room, time, log, options.AcknowledgeDelay);
        Heartbeat = new Heartbeat(time);
        Ledger = files.Ledger;
        Published = Ledger.Last;
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { Name = "buffer", IsBackground = true }.Start();
    }

    /// <summary>Guards the ledger, and every use of LiteDB, which is not safe enough between a reader and the writer.</summary>
    public object Gate { get; } = new();

    /// <summary>Whether the writer makes progress.</summary>
    public Heartbeat Heartbeat { get; }

    public BufferIndex Ledger { get; private set; }

    /// <summary>The last sequence that is durable.</summary>
    public long Published { get; private set; }

    public long Commits { get; private set; }

    public long Checkpoints { get; private set; }

    public long ReadingsAppended { get; private set; }

    /// <summary>Completes when the writer has stopped; faults when it stopped by a fault of its own.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Completes at the next publication of appends.</summary>
    public Task Appended
    {
        get
        {
            lock (Gate)
                return _appended.Task;
        }
    }

    /// <summary>Queues an append. The task is the append's own: a thread that blocks on it is woken by the writer and no third one.</summary>
    public Task<long> AppendAsync(PendingAppend append, CancellationToken cancel)
    {
        if (!_queue.TryAdd(append))
            return WaitForPlaceAsync(append, cancel);
        _wake.Set();
        append.GiveUpOn(cancel);
        return append.Done;
    }

    /// <summary>Writes the append, with all that queued before it, on this thread; if it is another's turn, the append queues.</summary>
    public Task<long> AppendHereAsync(PendingAppend append, CancellationToken cancel)
    {
        if (!_turn.TryEnter())
            return AppendAsync(append, cancel);
        try
        {
            if (!_queue.TryAdd(append))
                return WaitForPlaceAsync(append, cancel);
            WriteOnce();
        }
        finally
        {
            _turn.Exit();
        }

        if (append.Done.IsCompleted)
            return append.Done;

        // More queued before it than one commit takes.
        _wake.Set();
        append.GiveUpOn(cancel);
        return append.Done;
    }

    /// <summary>Called under the gate after acknowledgements: commits soon, or now when they free much.</summary>
    public void AcknowledgementsWait(long sequences)
    {
        if (sequences >= HurriedAcknowledgements)
        {
            _acknowledgeNow = true;
            _wake.Set();
        }
        else if (!_timerRuns)
        {
            _timerRuns = true;
            _timer.Change(_acknowledgeDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Completes when everything acknowledged so far is durable.</summary>
    public Task FlushAsync()
    {
        lock (Gate)
        {
            if (_ended)
                return Task.CompletedTask;
            var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add(flush);
            _acknowledgeNow = true;
            _wake.Set();
            return flush.Task;
        }
    }

    public Task ForgetLossesAsync(long throughId)
    {
        lock (Gate)
            _errands.ForgetLosses(throughId);
        return FlushAsync();
    }

    public Task BeginStreamAsync()
    {
        lock (Gate)
            _errands.BeginStream();
        return FlushAsync();
    }

    /// <summary>Called under the gate: the next commit removes the batch and records why.</summary>
    public void Drop(long sequence, string cause)
    {
        _errands.Drop(sequence, cause);
        _acknowledgeNow = true;
        _wake.Set();
    }

    /// <summary>Called under the gate by a reader that met a damaged page.</summary>
    public void ReportDamage(PageDamagedException damage)
    {
        _damage = damage;
        _files.Close(damage);
        _wake.Set();
    }

    /// <summary>Takes no more appends, commits those that wait, and ends.</summary>
    public Task StopAsync()
    {
        _queue.Close();
        lock (Gate)
        {
            _stopping = true;
            _wake.Set();
        }

        return _stopped.Task;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _wake.Dispose();
    }

    private async Task<long> WaitForPlaceAsync(PendingAppend append, CancellationToken cancel)
    {
        await _queue.AddAsync(append, cancel);
        _wake.Set();
        append.GiveUpOn(cancel);
        return await append.Done;
    }

    private void OnTimer()
    {
        lock (Gate)
        {
            _timerRuns = false;
            _acknowledgeNow = true;
            if (!_stopping)
                _wake.Set();
        }
    }

    private void Run()
    {
        while (true)
        {
            _wake.Reset();
            lock (_turn)
            {
                while (WriteOnce())
                {
                }

                if (_ended)
                    break;
            }

            _wake.Wait();
        }

        _stopped.TrySetResult();
    }

    /// <summary>Brings what waits to an end, if anything does. For whoever has the turn.</summary>
    private bool WriteOnce()
    {
        try
        {
            if (_ended || !Next())
                return false;
            Heartbeat.Beat();
            Settle();
            Heartbeat.Rest();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The boundary of the writer: a fault of ours must reach whoever waits, and the host through Stopped.
            Abort(e);
            return false;
        }
    }

    /// <summary>Takes what waits; false when that is nothing. Notes the end when the buffer is stopping and nothing is left.</summary>
    private bool Next()
    {
        _queue.Take(_group);
        lock (Gate)
        {
            if (_group.Count > 0 || _acknowledgeNow || _damage is not null)
                return true;
            if (!_stopping || !_queue.IsEmpty)
                return false;
            _acknowledgeNow = Ledger.Uplinks.Exists(u => u.Waiting.Count > 0);
            _ended = !_acknowledgeNow;
            return _acknowledgeNow;
        }
    }

    /// <summary>Brings the group to an end: durable, or refused with the reason.</summary>
    private void Settle()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Reopen();
                RefuseUnlessRoom(attempt > 1);
                Commit();
                return;
            }
            catch (PageDamagedException e) when (attempt <= 2)
            {
                lock (Gate)
                    _damage = e;
            }
            catch (IOException e) when (e.IsFull() && attempt <= 2)
            {
                Close(e);
            }
            catch (Exception e) when (e is IOException or LiteException)
            {
                Close(e);
                Refuse(e is IOException io && io.IsFull() ? new BufferFullException("The disk is full; the batch was not stored.", e) : new BufferWriteException("The disk failed; the batch was not stored.", e));
                return;
            }
        }
    }

    /// <summary>LiteDB closes itself on a failure it sees; nobody may read before that is known.</summary>
    private void Close(Exception why)
    {
        lock (Gate)
            _files.Close(why);
    }

    private void Reopen()
    {
        lock (Gate)
        {
            if (_damage is { } damage)
            {
                _files.Salvage(damage, Ledger, Published);
                _damage = null;
                Follow();
            }
            else if (!_files.IsOpen)
            {
                _files.Open(Ledger);
                Follow();
            }
        }
    }

    private void Follow()
    {
        Ledger = _files.Ledger;
        Published = Ledger.Last;
    }

    private void RefuseUnlessRoom(bool squeeze)
    {
        if (_group.Count == 0)
            return;
        var need = _group.Sum(a => a.Charge);
        var exhausted = false;
        while ((_room.IsCrowded(_files, need) || _room.Wanted(_files, Ledger, need, squeeze: false) is not null) && EmptyPlaces())
        {
        }

        // The disk said no: what free places held may be enough for the next attempt.
        if (squeeze && EmptyPlaces())
            return;
        if (_room.Wanted(_files, Ledger, need, squeeze) is { } goal)
        {
            // One commit removes so much; the next takes up where it stopped.
            while (Ledger.Bytes > goal && !exhausted)
                exhausted = !Transact(t => _room.Make(t, _files.Store, Ledger, goal), spare: true);
        }

        if (!exhausted || _room.Fits(_files, Ledger, need))
            return;
        foreach (var refused in _group.Where(a => a.Kind != BatchKind.Alarm))
            refused.Fail(new BufferFullException("The buffer is full of alarms, which are never dropped; the batch was not stored."));
        _group.RemoveAll(a => a.Kind != BatchKind.Alarm);
    }

    /// <summary>Deletes some of the documents that free places still hold; false when there are none, and so only batches can make room.</summary>
    private bool EmptyPlaces()
    {
        List<long> full;
        lock (Gate)
            full = _files.Store.FullPlaces(Ledger, PlacesACommit);
        if (full.Count == 0)
            return false;
        Transact(_ =>
        {
            _files.Store.Empty(Ledger, full);
            return true;
        }, spare: true);
        _room.Unlearn();
        return true;
    }

    private void Commit()
    {
        List<TaskCompletionSource> flushes;
        ControlRequestList errands;
        lock (Gate)
        {
            (flushes, errands) = ([.. _flushes], _errands.Take());
            _acknowledgeNow = false;
        }

        if (_group.Count > 0 || errands.Any || Ledger.Uplinks.Exists(u => u.Waiting.Count > 0))
        {
            Transact(t =>
            {
                errands.Run(t, Ledger);
                t.Acknowledge(DeletionsACommit);
                foreach (var append in _group)
                    t.Append(append);
                return true;
            }, spare: _group.Count == 0);
        }

        lock (Gate)
        {
            _errands.Done(errands);
            if (Ledger.Uplinks.Exists(u => u.Waiting.Count > 0))
            {
                // More than one commit may delete: the flush is answered when all is done.
                _acknowledgeNow |= flushes.Count > 0 || Ledger.Uplinks.Exists(u => u.Waiting.Count >= DeletionsACommit);
                if (!_acknowledgeNow)
                    AcknowledgementsWait(0);
                return;
            }

            _flushes.RemoveAll(flushes.Contains);
        }

        flushes.ForEach(f => f.TrySetResult());
    }

    /// <summary>One commit: built in memory under the gate, put on the disk outside it, then published.</summary>
    private bool Transact(Func<Transaction, bool> build, bool spare)
    {
        var store = _files.Store;
        Transaction transaction;
        bool useful;
        lock (Gate)
        {
            transaction = new Transaction(store, Ledger, _time.GetUtcNow());
            _files.InFlight = transaction;
            try
            {
                store.Begin();
                useful = build(transaction);
                transaction.Commit();
            }
            catch (Exception e) when (e is IOException or LiteException)
            {
                Close(e);
                throw;
            }
        }

        store.Pages.Sync(spare);
        lock (Gate)
            Publish(transaction);
        return useful;
    }

    private void Publish(Transaction transaction)
    {
        _files.InFlight = null;
        Commits++;
        foreach (var loss in transaction.Losses)
        {
            Ledger.Losses.RemoveAll(l => l.Id == loss.Id);
            Ledger.Losses.Add(loss);
            _log.MadeRoom(loss.Readings, loss.Cause, loss.First, loss.Last);
        }

        Ledger.Unpublished.Clear();
        var sequence = Published;
        Published = Ledger.Last;
        _room.Learn(_files, Ledger, Published > sequence);
        if (Published > sequence)
        {
            foreach (var append in _group)
            {
                ReadingsAppended += append.Readings;
                append.Complete(++sequence);
            }

            _group.Clear();
            _appended.TrySetResult();
            _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Warn();
        if (_files.Store.Pages.WantsCheckpoint)
        {
            try
            {
                _files.Store.Pages.Checkpoint();
            }
            catch (Exception e) when (e is IOException or LiteException)
            {
                Close(e);
                throw;
            }

            Checkpoints++;
        }
    }

    private void Warn()
    {
        var used = _room.UsedShare(_files, Ledger);
        if (used >= _room.WarnAt && !_warned)
            _log.NearlyFull((int)(used * 100));
        _warned = used >= _room.WarnAt;
    }

    private void Refuse(IOException why)
    {
        try
        {
            // What was durable can still be read and sent, so the files should not stay closed.
            Reopen();
        }
        catch (Exception e) when (e is IOException or LiteException)
        {
            Close(e);
        }

        foreach (var append in _group)
            append.Fail(why);
        _group.Clear();
        lock (Gate)
        {
            foreach (var flush in _flushes)
                flush.TrySetException(why);
            _flushes.Clear();
            _acknowledgeNow = false;
            _timerRuns = true;
            _timer.Change(RetryClosed, Timeout.InfiniteTimeSpan);
            if (_stopping)
                Ledger.Uplinks.ForEach(u => u.Waiting = new());
        }
    }

    private void Abort(Exception why)
    {
        Close(why);
        foreach (var append in _group)
            append.Fail(why);
        _queue.Abort(why);
        lock (Gate)
        {
            _ended = true;
            _flushes.ForEach(f => f.TrySetException(why));
            _flushes.Clear();
            _appended.TrySetException(why);
        }

        _stopped.TrySetException(why);
        _wake.Set();
    }
}
