using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Lake.Curated;

/// <summary>Brings the curated lake up to the raw one, behind everything else.</summary>
internal sealed class CuratedWriter(
    Transform transform, Sweep sweep, CuratedLake lake, CuratedOptions options, TimeProvider time, ILogger<CuratedWriter> log)
    : BackgroundService
{
    private long _sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _sweptAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.IntervalSeconds), time);
        try
        {
            do
            {
                // Not waited for while some wait for their turn: nobody's share of a pass is large.
                while (await RunAsync(stoppingToken))
                    stoppingToken.ThrowIfCancellationRequested();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; the next start takes up what this pass left.
        }
    }

    /// <returns>True when a pass left something for the next.</returns>
    private async Task<bool> RunAsync(CancellationToken stop)
    {
        try
        {
            var before = lake.State;
            var done = await transform.PassAsync(stop);
            lake.State = transform.State();
            if (done.Objects > 0)
                log.CuratedWritten(done.Objects, done.Readings, lake.State.Partitions);
            foreach (var held in lake.State.Held.Where(
                h => !before.Held.Any(b => b.Partition == h.Partition && b.Held!.Detail == h.Held!.Detail)))
                log.PartitionHeld(held.Partition, held.Held!.Reason, held.Held.Detail);
            foreach (var unreadable in lake.State.Unreadable.Except(before.Unreadable))
                log.LakeObjectUnreadable(unreadable.Object, unreadable.Reason, unreadable.Detail);
            if (time.GetElapsedTime(_sweptAt) >= options.Grace)
            {
                await sweep.RunAsync(options.Grace, stop);
                _sweptAt = time.GetTimestamp();
            }

            lake.Problem = null;
            return done.More;
        }
        catch (Exception e) when (e.IsFromDisk() || e is HttpRequestException or TimeoutException)
        {
            // A full disk or a store that cannot be reached: the raw lake has it all, and the next pass tries again.
            lake.Problem = e.Message;
            log.CuratedFailed(e.Message);
            return false;
        }
    }
}
