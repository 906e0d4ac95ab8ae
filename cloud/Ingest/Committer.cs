using IotGateway.Cloud.Ingest.Broker;
using IotGateway.Cloud.Lake;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Ingest;

/// <summary>
/// The one writer: takes all batches that wait as one group, makes them durable in the raw lake, applies them to the hot store, tells who
/// listens, answers the gateways, and only then lets the acknowledgements go.
/// </summary>
internal sealed class Committer(
    BatchQueue queue, RawLake lake, LiteObservations store, GatewayBook book, ChangeFeed changes, IngestCounters counters, GatewayBroker broker,
    HotStoreFile hotStore, Health health, ILogger<Committer> log) : BackgroundService
{
    private const int MaxGroup = 64;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The broker has stopped; what it queued is stored before the store closes.
        queue.Close();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<IncomingBatch>(MaxGroup);
        try
        {
            while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (group.Count < MaxGroup && queue.Reader.TryRead(out var batch))
                    group.Add(batch);
                await Commit(group);
                group.Clear();
            }
        }
        catch (Exception e)
        {
            // Whatever it was, the state of disk or store is unknown: nothing more is acknowledged, and the supervisor starts the process anew.
            log.StoringFailed(e);
            health.Fail($"storing failed: {e.Message}");
            queue.Close();
            foreach (var batch in group)
                batch.GiveUp();
            while (queue.Reader.TryRead(out var left))
                left.GiveUp();
            throw;
        }
    }

    private async Task Commit(List<IncomingBatch> group)
    {
        lake.Write([.. group.Select(b => (b.Batch, b.Bytes))]);
        var results = Apply([.. group.Select(b => b.Batch)]);
        changes.Publish(group.SelectMany(b => b.Batch.Readings).Select(r => r.Device).Distinct());

        for (var i = 0; i < group.Count; i++)
        {
            var (batch, result) = (group[i].Batch, results[i]);
            counters.Stored(batch.Gateway, batch.Readings.Length, result);
            log.BatchStored(batch.Gateway, batch.Stream, batch.First, batch.Last, result.Stored, result.Duplicates, result.Conflicts);
        }

        foreach (var stream in group.GroupBy(b => (b.Batch.Gateway, b.Batch.Stream)))
        {
            var applied = store.Applied(stream.Key.Gateway, stream.Key.Stream);
            book.Stored(stream.Key.Gateway, stream.Key.Stream, applied, [.. stream.SelectMany(b => b.Batch.Gaps)]);
            var ranges = new SequenceSet(stream.Select(b => new SequenceRange(b.Batch.First, b.Batch.Last))).Ranges;
            await broker.Answer(stream.Key.Gateway, new StoredAnswer(stream.Key.Stream, applied.Contiguous, ranges, []));
        }

        foreach (var batch in group)
            batch.Done();
    }

    private IReadOnlyList<StoreResult> Apply(Batch[] batches)
    {
        try
        {
            return store.Store(batches);
        }
        catch (Exception e) when (e is not IOException)
        {
            // A full disk is no fault of the file; anything else may be, and the raw lake has it all.
            hotStore.Suspect();
            throw;
        }
    }
}
