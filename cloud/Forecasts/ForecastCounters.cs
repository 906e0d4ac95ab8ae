namespace IotGateway.Cloud.Forecasts;

/// <summary>What the forecaster did since its start; shown beside the gateways' counters.</summary>
internal sealed class ForecastCounters
{
    private long _runs;
    private long _skipped;
    private long _failed;

    /// <summary>Hive-hours judged and stored.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Hive-hours left out because the forecaster was too far behind.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Steps that ended in an unexpected error.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void Ran(int runs) => Interlocked.Add(ref _runs, runs);

    public void Skip(long hours) => Interlocked.Add(ref _skipped, hours);

    public void Fail() => Interlocked.Increment(ref _failed);
}
