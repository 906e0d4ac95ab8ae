using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Quarantine;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Receive;

/// <summary>Receiver of what gateways send: reads it and queues it to be stored, or refuses it with a reason.</summary>
internal sealed class BatchReceiver(
    BatchQueue queue, QuarantineFolder quarantine, GatewayRegistry gateways, IngestCounters counters,
    Refusals refusals,
    ILogger<BatchReceiver> log)
{
    /// <summary>
    /// The greatest status taken. One that the broker had to cut off is larger than this, whatever its topic and properties.
    /// </summary>
    public const int MaxStatusBytes = 128 * 1024;

    /// <summary>Takes a batch.</summary>
    /// <returns>What its acknowledgement waits for, and what to tell the gateway when it was refused and its sequences could be
    /// read.</returns>
    public async Task<(Task<Outcome> Outcome, StoredAnswer? Refusal)> TakeAsync(
        string gateway, byte[] message, CancellationToken cancellation)
    {
        Batch batch;
        try
        {
            batch = Decode(gateway, message);
        }
        catch (BatchFormatException e)
        {
            refusals.Note(gateway, e.Reason, e.Message);
            Keep(gateway, e.Reason, message);
            var answer = RangePeek.Find(message) is { } found
                ? new StoredAnswer(
                    found.Stream, Contiguous(gateway, found.Stream), [], [new Refusal(found.Range.First, found.Range.Last, e.Reason)])
                : null;
            return (Task.FromResult(Outcome.Refused(e.Reason)), answer);
        }

        counters.KeptOut(gateway, batch.Others);
        var incoming = new IncomingBatch(batch, message);
        await queue.AddAsync(incoming, cancellation);
        return (incoming.WhenStored, null);
    }

    /// <summary>Takes a gateway's word on itself.</summary>
    public Outcome TakeStatus(string gateway, byte[] message)
    {
        try
        {
            if (message.Length > MaxStatusBytes)
                throw new BatchFormatException(
                    "too_large", $"A status has {message.Length:N0} bytes or more; at most {MaxStatusBytes:N0} are taken.");
            var status = GatewayStatus.Parse(message);
            gateways.Update(gateway, v => v with { Status = status });
            return Outcome.Accepted;
        }
        catch (BatchFormatException e)
        {
            var reason = $"status_{e.Reason}";
            refusals.Note(gateway, reason, e.Message);
            return Outcome.Refused(reason);
        }
    }

    /// <summary>The batch in a gateway's bytes.</summary>
    /// <exception cref="BatchFormatException">It is none, or it names another gateway.</exception>
    public static Batch Decode(string gateway, byte[] bytes)
    {
        var batch = Batch.Decode(bytes);
        return batch.Gateway == gateway
            ? batch
            : throw new BatchFormatException("foreign_envelope", $"The envelope names gateway '{batch.Gateway}'.");
    }

    /// <summary>A full disk must not keep the gateway from being told: it keeps what is refused, too.</summary>
    private void Keep(string gateway, string reason, byte[] message)
    {
        try
        {
            if (!quarantine.Keep(gateway, reason, message))
                counters.Refused(gateway, "not_kept");
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            counters.Refused(gateway, "not_kept");
            log.NotQuarantined(gateway, reason, e.Message);
        }
    }

    private long Contiguous(string gateway, string stream) =>
        gateways.Find(gateway) is { } view && view.Stream == stream ? view.Contiguous : 0;
}
