using IotGateway.Aws;
using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Cloud.Ingest.Projection;
using IotGateway.Cloud.Ingest.Quarantine;
using IotGateway.Cloud.Ingest.Receive;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Observations;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>
/// Receiver of messages from the queue: raw object, hot store, deletion, answer, each after the one before. Doing any of it twice changes
/// nothing, so a worker may die anywhere. What nobody can read goes into quarantine, named once, and is left to the queue's redrive policy.
/// </summary>
internal sealed class QueueReceiver(
    WorkQueue queue, RawObjects lake, QuarantineObjects quarantine, IObservations store, ChangeFeed changes, GatewayRegistry gateways,
    IngestCounters counters, ProjectedReadings projected, Answerer answerer,
    ILogger<QueueReceiver> log)
{
    private const int SecondsBeforeAgain = 1;

    private readonly Lock _projecting = new();

    /// <summary>Takes messages that were received together.</summary>
    public async Task TakeAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellation)
    {
        var taken = new List<Taken>();
        foreach (var message in messages)
        {
            if (await ReadAsync(message, cancellation) is { } one)
                taken.Add(one);
        }

        if (taken.Count == 0)
            return;
        await Task.WhenAll(taken.Select(t => lake.PutAsync([t.Raw], cancellation)));
        var stored = await StoreAsync(taken, cancellation);
        await queue.DeleteAsync([.. stored.Select(t => t.Message)], cancellation);
        foreach (var one in stored)
            answerer.Stored(one.Batch.Gateway, one.Batch.Stream, one.Raw.Range);
        changes.Publish(stored.SelectMany(t => t.Batch.Readings).Select(r => r.Device).Distinct());
    }

    private async Task<Taken?> ReadAsync(QueuedMessage message, CancellationToken cancellation)
    {
        string? gateway = null;
        byte[] bytes = [];
        try
        {
            (gateway, bytes) = QueueMessage.Read(message.Body);
            var batch = BatchReceiver.Decode(gateway, bytes);
            counters.KeptOut(gateway, batch.Others);
            gateways.Update(gateway, v => v with { LastSeen = v.LastSeen > message.Sent ? v.LastSeen : message.Sent });
            return new Taken(
                message, batch, new RawBatch(gateway, batch.Stream, new SequenceRange(batch.First, batch.Last), message.Sent, bytes));
        }
        catch (BatchFormatException e)
        {
            await QuarantineAsync(message, gateway, bytes, e.Reason, e.Message, cancellation);
            return null;
        }
    }

    /// <returns>Those that are stored.</returns>
    private async Task<IReadOnlyList<Taken>> StoreAsync(IReadOnlyList<Taken> taken, CancellationToken cancellation)
    {
        try
        {
            // In the order in which they came, so that the first of two values stays.
            taken = [.. taken.OrderBy(t => t.Message.Sent)];
            var results = await store.StoreAsync(Projected(taken), null, cancellation);
            foreach (var (one, result) in taken.Zip(results))
            {
                counters.Stored(one.Batch.Gateway, 1, one.Batch.Readings.Length, result);
                log.BatchStored(
                    one.Batch.Gateway, one.Batch.Stream, one.Batch.First, one.Batch.Last, result.Stored, result.Duplicates,
                    result.Conflicts);
            }

            return taken;
        }
        catch (AwsException e) when (e.Fault.Kind == AwsFaultKind.TooLarge)
        {
            if (taken is [var one])
            {
                await QuarantineAsync(one.Message, one.Batch.Gateway, one.Raw.Bytes, "too_large_to_store", e.Message, cancellation);
                return [];
            }

            var stored = new List<Taken>();
            foreach (var each in taken)
                stored.AddRange(await StoreAsync([each], cancellation));
            return stored;
        }
    }

    /// <summary>Several receivers work at once, and a gateway's share is one.</summary>
    private List<Batch> Projected(IReadOnlyList<Taken> taken)
    {
        lock (_projecting)
            return [.. taken.Select(t => projected.Of(t.Batch, t.Raw.Received, t.Raw.Received))];
    }

    private async Task QuarantineAsync(
        QueuedMessage message, string? gateway, ReadOnlyMemory<byte> bytes, string reason, string detail, CancellationToken cancellation)
    {
        if (await quarantine.KeepAsync(message.Id, message.Sent, message.Body, gateway, reason, cancellation))
        {
            counters.Refused(gateway ?? "", reason);
            log.MessageQuarantined(message.Id, gateway ?? "unknown", reason, message.Receives, queue.MaxReceives, detail);
        }

        if (gateway is not null && RangePeek.Find(bytes) is { } found)
            answerer.Refused(gateway, found.Stream, new Refusal(found.Range.First, found.Range.Last, reason));
        await queue.HideAsync([message], SecondsBeforeAgain, cancellation);
    }

    private sealed record Taken(QueuedMessage Message, Batch Batch, RawBatch Raw);
}
