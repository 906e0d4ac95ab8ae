using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// Archiver of the log: moves what it holds into raw objects, one for each gateway's stream and segment. A segment goes once its objects
/// are durable and the hot store has its batches, durably; while many come it is kept for some more, so that the hot store is written out
/// once for all. A lake that cannot be reached is tried again; the log grows meanwhile.
/// </summary>
internal sealed class SegmentArchiver(
    RawLog raw, SegmentObjects objects, IObservations store, HotStoreWriter writer, LakeFaults faults, TimeProvider time,
    ILogger<SegmentArchiver> log) : BackgroundService
{
    /// <summary>A segment is ended when it holds something for so long.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Segments whose objects are written go when there are so many, or the last went so long ago.</summary>
    private const int MostKept = 4;
    private static readonly TimeSpan MostKeptFor = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private long _released = time.GetTimestamp();

    /// <summary>Archives what can be archived now.</summary>
    /// <param name="age">How long a segment must have held something; with zero nothing is kept for later.</param>
    /// <param name="cancellation">Gives up; nothing is lost by it.</param>
    public async Task ArchiveAsync(TimeSpan age, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            raw.Seal(age);
            raw.Prepare();
            var kept = await WriteObjectsAsync(raw, objects, writer.Position, faults, log, cancellation);
            if (kept == 0 || (age > TimeSpan.Zero && kept < MostKept && time.GetElapsedTime(_released) < MostKeptFor))
                return;
            await ReleaseAsync(raw, store, cancellation);
            _released = time.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes the sealed segments of which the hot store has all into raw objects.</summary>
    /// <returns>How many segments can go once the hot store is durable.</returns>
    public static async Task<int> WriteObjectsAsync(
        RawLog raw, SegmentObjects objects, DateTimeOffset position, LakeFaults faults, ILogger log, CancellationToken cancellation)
    {
        var written = 0;
        foreach (var segment in raw.Sealed)
        {
            if (segment.Newest > position)
                break;

            if (!segment.IsInObjects)
            {
                var (damaged, mended) = await objects.WriteAsync(segment, cancellation);
                foreach (var key in mended)
                    faults.Add(key, "was not as the log has it", "it was written again from the log");
                if (damaged > 0)
                    log.LogDamaged(segment.File, damaged);
                segment.IsInObjects = true;
            }

            written++;
        }

        return written;
    }

    /// <summary>Makes the hot store durable and lets go of the segments that lie in objects.</summary>
    public static async Task ReleaseAsync(RawLog raw, IObservations store, CancellationToken cancellation)
    {
        var segments = raw.Sealed.Where(s => s.IsInObjects).ToList();
        await store.FlushAsync(cancellation);
        foreach (var segment in segments)
            raw.Release(segment);
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await ArchiveAsync(TimeSpan.Zero, cancellationToken);
        }
        catch (Exception e) when (e.IsFromDisk() || e is OperationCanceledException)
        {
            log.ArchivingWaits(e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ArchiveAsync(Age, stoppingToken);
                }
                catch (Exception e) when (e.IsFromDisk())
                {
                    log.ArchivingWaits(e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop; the rest is archived there.
        }
    }
}
