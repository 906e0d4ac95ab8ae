using IotGateway.Cloud.Observations;

namespace IotGateway.Cloud.Lake;

/// <summary>Brings the curated lake up to the hot store, an hour at a time, behind everything else.</summary>
internal sealed class CuratedWriter(CuratedLake lake, LiteObservations store, TimeProvider time, ILogger<CuratedWriter> log) : BackgroundService
{
    private const int HoursLookedAt = 10_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settling = new HourSettling(time);
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Write(settling, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop between two files; what is not written yet stays noted as changed.
        }
    }

    private void Write(HourSettling settling, CancellationToken stop)
    {
        var changed = store.ChangedHours(HoursLookedAt);
        if (changed.Count == 0 || store.Newest is not { } newest)
            return;

        int files = 0, rows = 0;
        foreach (var (hour, change) in settling.Settled(changed, newest))
        {
            if (stop.IsCancellationRequested)
                break;
            rows += lake.Write(hour, change);
            files++;
        }

        if (files > 0)
            log.CuratedWritten(files, rows, changed.Count - files);
    }
}
