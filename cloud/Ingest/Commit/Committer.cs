using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Commit;

/// <summary>
/// The one writer of the log: takes all batches that wait as one group, makes them durable, answers the gateways and lets the
/// acknowledgements go, and hands the group on to the hot store, which may be some groups behind.
/// </summary>
internal sealed class Committer(
    BatchQueue queue, RawLog raw, StoredSequences stored, HotStoreWriter writer, GatewayRegistry gateways, IAnswers answers,
    Refusals refusals,
    ProjectedReadings projected, Health health, ILogger<Committer> log)
    : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The broker has stopped; what it queued is stored before the log closes.
        queue.Close();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<IncomingBatch>();
        try
        {
            while (await queue.TakeAsync(group))
            {
                using var working = health.Working("storing what gateways send");
                await CommitAsync(await WithinBoundsAsync(group));
            }
        }
        catch (Exception e)
        {
            // Whatever it was, the state of the disk is unknown: nothing more is acknowledged, and the supervisor starts the process anew.
            log.StoringFailed(e);
            health.Fail($"storing failed: {e.Message}");
            queue.Close();
            foreach (var batch in group)
                batch.GiveUp();
            queue.GiveUp();
            throw;
        }
        finally
        {
            writer.Close();
        }
    }

    private async Task CommitAsync(List<IncomingBatch> group)
    {
        if (group.Count == 0)
            return;
        var stamps = raw.Append([.. group.Select(b => (b.Batch, b.Bytes))]);
        await writer.AddAsync(new DurableGroup(
            [.. group.Select((b, i) => projected.Of(b.Batch, stamps[i], stamps[i]))], stamps[^1], group.Sum(b => b.Weight)));
        foreach (var stream in group.GroupBy(b => (b.Batch.Gateway, b.Batch.Stream)))
        {
            var ranges = new SequenceSet(stream.Select(b => new SequenceRange(b.Batch.First, b.Batch.Last))).Ranges;
            var all = stored.Find(stream.Key.Gateway, stream.Key.Stream);
            gateways.Stored(stream.Key.Gateway, stream.Key.Stream, all, [.. stream.SelectMany(b => b.Batch.Gaps)]);
            await answers.PublishAsync(
                stream.Key.Gateway, new StoredAnswer(stream.Key.Stream, all.Contiguous, ranges, []), CancellationToken.None);
        }

        foreach (var batch in group)
            batch.Done();
    }

    /// <summary>The group without batches that would pass a bound of their gateway's; those are refused by the bound's name.</summary>
    private async Task<List<IncomingBatch>> WithinBoundsAsync(List<IncomingBatch> group)
    {
        var within = new List<IncomingBatch>(group.Count);
        foreach (var incoming in group)
        {
            var (batch, range) = (incoming.Batch, new SequenceRange(incoming.Batch.First, incoming.Batch.Last));
            if (stored.Admit(batch.Gateway, batch.Stream, range) is not { } reason)
            {
                within.Add(incoming);
                continue;
            }

            refusals.Note(batch.Gateway, reason, $"stream {batch.Stream}, {range.First} to {range.Last}");
            await answers.PublishAsync(
                batch.Gateway,
                new StoredAnswer(
                    batch.Stream, stored.Find(batch.Gateway, batch.Stream).Contiguous, [],
                    [new Refusal(range.First, range.Last, reason)]),
                CancellationToken.None);
            incoming.Refuse(reason);
        }

        return within;
    }
}
