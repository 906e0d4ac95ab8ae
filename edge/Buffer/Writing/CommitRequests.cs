namespace IotGateway.Edge.Buffer.Writing;

/// <summary>
/// Requests for the next commit beside appends: flushes, control requests, and acknowledgements, which alone wait a moment for an append
/// to share its sync. Guarded by the index's gate.
/// </summary>
internal sealed class CommitRequests : IDisposable
{
    private const int HurriedAcknowledgements = 64;
    private static readonly TimeSpan RetryClosed = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private readonly List<TaskCompletionSource> _flushes = [];
    private readonly ControlRequests _control = new();
    private readonly PublishedIndex _published;
    private readonly TimeSpan _acknowledgeDelay;
    private readonly ITimer _timer;
    private bool _timerRuns;
    private bool _ended;

    public CommitRequests(PublishedIndex published, TimeSpan acknowledgeDelay, TimeProvider time)
    {
        (_published, _acknowledgeDelay) = (published, acknowledgeDelay);
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Is a commit wanted though nothing be appended?</summary>
    public bool Due { get; set; }

    /// <summary>Are no more appends taken?</summary>
    public bool Stopping { get; private set; }

    /// <summary>Wakes the writer.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Requests that come from now on wake the writer out of <see cref="Wait"/>.</summary>
    public void BeforeLook() => _wake.Reset();

    public void Wait() => _wake.Wait();

    /// <summary>Called under the gate after acknowledgements: commits soon, or now when they free much.</summary>
    public void AcknowledgementsWait(long sequences)
    {
        if (sequences >= HurriedAcknowledgements)
        {
            DoNow();
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
        lock (_published.Gate)
        {
            if (_ended)
                return Task.CompletedTask;
            var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _flushes.Add(flush);
            DoNow();
            return flush.Task;
        }
    }

    public Task ForgetLossesAsync(long throughId)
    {
        lock (_published.Gate)
            _control.ForgetLosses(throughId);
        return FlushAsync();
    }

    public Task BeginStreamAsync()
    {
        lock (_published.Gate)
            _control.BeginStream();
        return FlushAsync();
    }

    /// <summary>Called under the gate: the next commit removes the batch and records why.</summary>
    public void Drop(long sequence, string cause)
    {
        _control.Drop(sequence, cause);
        DoNow();
    }

    /// <summary>Takes what is to be done now; it stays to be done until <see cref="Done"/>.</summary>
    public (IReadOnlyList<TaskCompletionSource> Flushes, ControlRequestList Control) Take()
    {
        lock (_published.Gate)
        {
            Due = false;
            return ([.. _flushes], _control.Take());
        }
    }

    /// <summary>
    /// These are durable. Where acknowledgements are left, for one commit deletes only so many, flushes are answered when all is done.
    /// </summary>
    public void Done(IReadOnlyList<TaskCompletionSource> flushes, ControlRequestList control, int deletionsACommit)
    {
        lock (_published.Gate)
        {
            _control.Done(control);
            if (_published.Now.MostWaiting is var waiting and > 0)
            {
                Due |= flushes.Count > 0 || waiting >= deletionsACommit;
                if (!Due)
                    AcknowledgementsWait(0);
                return;
            }

            _flushes.RemoveAll(flushes.Contains);
        }

        foreach (var flush in flushes)
            flush.TrySetResult();
    }

    /// <summary>The disk failed: flushes are told, and the next try is due in a second.</summary>
    public void Refuse(Exception why)
    {
        lock (_published.Gate)
        {
            FailFlushes(why);
            Due = false;
            _timerRuns = true;
            _timer.Change(RetryClosed, Timeout.InfiniteTimeSpan);
            if (Stopping)
                _published.Now.Destinations.ForEach(d => d.Waiting = new());
        }
    }

    public void Stop()
    {
        lock (_published.Gate)
        {
            Stopping = true;
            Wake();
        }
    }

    /// <summary>Nothing is committed any more; called under the gate. Flushes that still wait fail, where there is a reason.</summary>
    public void End(Exception? why)
    {
        _ended = true;
        if (why is not null)
            FailFlushes(why);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _wake.Dispose();
    }

    private void DoNow()
    {
        Due = true;
        Wake();
    }

    private void FailFlushes(Exception why)
    {
        _flushes.ForEach(f => f.TrySetException(why));
        _flushes.Clear();
    }

    private void OnTimer()
    {
        lock (_published.Gate)
        {
            _timerRuns = false;
            Due = true;
            if (!Stopping)
                Wake();
        }
    }
}
