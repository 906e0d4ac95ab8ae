using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// Recovery of the hot store: applies to it what the log holds beyond its position, what a crash took from it, or, when it is new, the
/// whole raw lake in the order of arrival and then the log.
/// </summary>
internal sealed class Recovery(
    RawObjects objects, RawLog raw, IObservations store, ProjectedReadings projected, IngestCounters counters, TimeProvider time,
    ILogger<Recovery> log)
{
    private const long GroupWeight = 256 * 1024;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(2);

    private readonly List<Batch> _group = [];
    private DateTimeOffset _newest;
    private long _batches;
    private long _readings;
    private long _waiting;

    /// <returns>Readings that were new.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        var said = time.GetTimestamp();
        var position = store.Position;

        // A store without a position is durable by itself, and many may write it: what the log holds is applied to it again, no more.
        if (position is { } reached)
        {
            var from = reached > DateTimeOffset.MinValue ? reached.AddTicks(1) : reached;
            await foreach (var batch in objects.InOrderAsync(from, log.ObjectDamaged, cancellation))
                await ApplyAsync(batch);
        }

        foreach (var segment in raw.Sealed)
        {
            var (batches, damaged) = segment.Read();
            if (damaged > 0)
                log.LogDamaged(segment.File, damaged);
            foreach (var batch in batches.Where(b => position is null || b.Received > position))
                await ApplyAsync(batch);
        }

        await FlushAsync(cancellation);
        raw.NotBefore(position ?? default);
        raw.NotBefore(_newest);
        if (_batches > 0)
            log.Recovered(_batches, _readings);
        return _readings;

        async Task ApplyAsync(RawBatch batch)
        {
            cancellation.ThrowIfCancellationRequested();
            _newest = batch.Received > _newest ? batch.Received : _newest;
            _batches++;
            if (Read(batch) is not { } read)
                return;
            _group.Add(projected.Of(read, batch.Received, time.GetUtcNow()));
            _waiting += BatchWeight.Of(read);
            if (_waiting < GroupWeight)
                return;
            await FlushAsync(cancellation);
            if (time.GetElapsedTime(said) >= ProgressEvery)
            {
                log.Recovering(_batches, _readings, batch.Received);
                said = time.GetTimestamp();
            }
        }
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        if (_group.Count > 0)
        {
            var results = await store.StoreAsync(_group, _newest, cancellation);
            _readings += results.Sum(r => (long)r.Stored);
        }

        _group.Clear();
        _waiting = 0;
    }

    private Batch? Read(RawBatch found)
    {
        try
        {
            return Batch.Decode(found.Bytes);
        }
        catch (BatchFormatException e)
        {
            log.RawBatchUnreadable(found.Gateway, found.Stream, found.Range.First, found.Range.Last, e.Reason, e.Message);
            counters.SetAside(found.Gateway, "unreadable_batches", 1);
            return null;
        }
    }
}
