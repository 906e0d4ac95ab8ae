namespace IotGateway.Cloud.Forecasts.Runs;

/// <summary>Counters of hourly runs since the start.</summary>
internal sealed class RunCounters
{
    private long _done;
    private long _skipped;
    private long _failed;

    /// <summary>Hours of subjects done and stored.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>Hours left out because the runs were too far behind.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Steps that ended in an unexpected error.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void AddDone(int hours) => Interlocked.Add(ref _done, hours);

    public void AddSkipped(long hours) => Interlocked.Add(ref _skipped, hours);

    public void AddFailed() => Interlocked.Increment(ref _failed);
}
