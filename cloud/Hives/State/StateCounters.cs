namespace IotGateway.Cloud.Hives.State;

/// <summary>What the forecaster did since its start; shown beside the gateways' counters.</summary>
internal sealed class StateCounters
{
    private long _runs;
    private long _skipped;
    private long _failed;

    /// <summary>Hive-hours judged and stored.</summary>
    public long Judged => Interlocked.Read(ref _runs);

    /// <summary>Hive-hours left out because the forecaster was too far behind.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Steps that ended in an unexpected error.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void AddJudged(int runs) => Interlocked.Add(ref _runs, runs);

    public void AddSkipped(long hours) => Interlocked.Add(ref _skipped, hours);

    public void AddFailed() => Interlocked.Increment(ref _failed);
}
