using IotGateway.Telemetry;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Ingest;

/// <summary>Reads what a gateway sent and queues it to be stored, or refuses it with a reason.</summary>
internal sealed class BatchReceiver(BatchQueue queue, RefusedFolder refused, GatewayRegistry book, IngestCounters counters, ILogger<BatchReceiver> log)
{
    /// <summary>Takes a batch.</summary>
    /// <returns>What its acknowledgement waits for, and what to tell the gateway when it was refused and its sequences could be read.</returns>
    public async Task<(Task<MqttPubAckReasonCode> Outcome, StoredAnswer? Refusal)> TakeAsync(string gateway, byte[] message, CancellationToken cancellation)
    {
        Batch batch;
        try
        {
            batch = Batch.Decode(message);
            if (batch.Gateway != gateway)
                throw new BatchFormatException("foreign_envelope", $"The envelope names gateway '{batch.Gateway}'.");
        }
        catch (BatchFormatException e)
        {
            counters.Refused(gateway, e.Reason);
            log.MessageRefused(gateway, e.Reason, e.Message);
            Keep(gateway, e.Reason, message);
            var answer = RangePeek.Find(message) is { } found
                ? new StoredAnswer(found.Stream, Contiguous(gateway, found.Stream), [], [new Refusal(found.Range.First, found.Range.Last, e.Reason)])
                : null;
            return (Task.FromResult(MqttPubAckReasonCode.PayloadFormatInvalid), answer);
        }

        var incoming = new IncomingBatch(batch, message);
        await queue.AddAsync(incoming, cancellation);
        return (incoming.WhenStored, null);
    }

    public MqttPubAckReasonCode TakeStatus(string gateway, byte[] message)
    {
        try
        {
            var status = GatewayStatus.Parse(message);
            book.Update(gateway, v => v with { Status = status });
            return MqttPubAckReasonCode.Success;
        }
        catch (BatchFormatException e)
        {
            counters.Refused(gateway, $"status_{e.Reason}");
            log.MessageRefused(gateway, $"status_{e.Reason}", e.Message);
            return MqttPubAckReasonCode.PayloadFormatInvalid;
        }
    }

    /// <summary>A full disk must not keep the gateway from being told: it keeps what is refused, too.</summary>
    private void Keep(string gateway, string reason, byte[] message)
    {
        try
        {
            refused.Keep(gateway, reason, message);
        }
        catch (IOException e)
        {
            counters.Refused(gateway, "not_kept");
            log.RefusedNotKept(gateway, reason, e.Message);
        }
    }

    private long Contiguous(string gateway, string stream) => book.Find(gateway) is { } view && view.Stream == stream ? view.Contiguous : 0;
}
