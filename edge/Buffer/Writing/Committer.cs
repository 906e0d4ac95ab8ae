using IotGateway.Edge.Buffer.Files;
using IotGateway.Hosting;
using IotGateway.Storage.WriteAhead;

namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// Writes, on one thread at a time: it takes whatever queued during the last sync and makes it one commit: acknowledgements, appends
/// and the removals that make room for them. As a rule that is a thread of its own; a caller that would only wait may do it instead,
/// because waking another thread and being woken by it costs as much as the commit. There is no timer for appends.
/// </summary>
internal sealed class Committer : IDisposable
{
    private readonly AppendQueue _queue = new();
    private readonly Lock _turn = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BufferFiles _files;
    private readonly PublishedIndex _published;
    private readonly GroupCommit _commit;
    private readonly List<PendingAppend> _group = [];
    private bool _ended;

    public Committer(
        BufferFiles files, PublishedIndex published, DiskPolicy policy, TimeSpan acknowledgeDelay, TimeProvider time, ILogger log)
    {
        (_files, _published) = (files, published);
        Heartbeat = new Heartbeat(time);
        Requests = new CommitRequests(published, acknowledgeDelay, time);
        _commit = new GroupCommit(files, published, Requests, policy, new CommitWriter(files, published, policy, time, log));
        new Thread(Run) { Name = "buffer", IsBackground = true }.Start();
    }

    /// <summary>Requests for the next commit beside appends.</summary>
    public CommitRequests Requests { get; }

    /// <summary>The writer's sign of life.</summary>
    public Heartbeat Heartbeat { get; }

    /// <summary>Completes when the writer has stopped; faults when it stopped by a fault of its own.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>
    /// Queues an append. The task is the append's own: a thread that blocks on it is woken by the writer and no third one.
    /// </summary>
    public Task<long> AppendAsync(PendingAppend append, CancellationToken cancellation)
    {
        if (!_queue.TryAdd(append))
            return WaitForPlaceAsync(append, cancellation);
        Requests.Wake();
        append.GiveUpOn(cancellation);
        return append.Done;
    }

    /// <summary>Writes the append, with all that queued before it, on this thread; if it is another's turn, the append queues.</summary>
    public Task<long> AppendHereAsync(PendingAppend append, CancellationToken cancellation)
    {
        if (!_turn.TryEnter())
            return AppendAsync(append, cancellation);
        try
        {
            if (!_queue.TryAdd(append))
                return WaitForPlaceAsync(append, cancellation);
            WriteOnce();
        }
        finally
        {
            _turn.Exit();
        }

        if (append.Done.IsCompleted)
            return append.Done;

        // More queued before it than one commit takes.
        Requests.Wake();
        append.GiveUpOn(cancellation);
        return append.Done;
    }

    /// <summary>Called under the gate by a reader that met a damaged page.</summary>
    public void ReportDamage(PageDamagedException damage)
    {
        _commit.Damage = damage;
        _files.Close(damage);
        Requests.Wake();
    }

    /// <summary>Takes no more appends, commits those that wait, and ends.</summary>
    public Task StopAsync()
    {
        _queue.Close();
        Requests.Stop();
        return _stopped.Task;
    }

    public void Dispose() => Requests.Dispose();

    private async Task<long> WaitForPlaceAsync(PendingAppend append, CancellationToken cancellation)
    {
        await _queue.AddAsync(append, cancellation);
        Requests.Wake();
        append.GiveUpOn(cancellation);
        return await append.Done;
    }

    private void Run()
    {
        while (true)
        {
            Requests.BeforeLook();
            lock (_turn)
            {
                while (WriteOnce())
                {
                }

                if (_ended)
                    break;
            }

            Requests.Wait();
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
            _commit.CommitOrRefuse(_group);
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
        lock (_published.Gate)
        {
            if (_group.Count > 0 || Requests.Due || _commit.Damage is not null)
                return true;
            if (!Requests.Stopping || !_queue.IsEmpty)
                return false;
            Requests.Due = _published.Now.MostWaiting > 0;
            if (Requests.Due)
                return true;
            _ended = true;
            Requests.End(why: null);
            return false;
        }
    }

    private void Abort(Exception why)
    {
        lock (_published.Gate)
            _files.Close(why);
        foreach (var append in _group)
            append.Fail(why);
        _queue.Abort(why);
        lock (_published.Gate)
        {
            _ended = true;
            Requests.End(why);
            _published.Abort(why);
        }

        _stopped.TrySetException(why);
        Requests.Wake();
    }
}
