using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Hosting;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Forwarding.Answers;

/// <summary>Handler of the cloud's answers: frees what is stored, buries what is refused, and does nothing else to the buffer.</summary>
internal sealed class AnswerHandler(
    BatchBuffer buffer, Outbox outbox, DeadLetters deadLetters, ForwardingStatus status, GatewayClock clock, Counters counters, ILogger log)
{
    public const string TooLarge = "too_large";

    /// <summary>Losses that were told in a message, by the message's first sequence: forgotten when it is answered.</summary>
    private readonly Dictionary<long, long> _toldLosses = [];

    /// <summary>Sequences that this process sent and the broker acknowledged, under this stream's id.</summary>
    private readonly SequenceSet _acknowledged = new();

    /// <summary>
    /// Sequences that are said to be stored and the broker has not acknowledged: it may be the word on an earlier run of this buffer, and
    /// waits for the PUBACK.
    /// </summary>
    private readonly SequenceSet _said = new();

    /// <summary>The last sequence that an earlier process sent under this stream's id; 0 once the id is this process's own.</summary>
    private long _sentBefore = buffer.SentThrough;

    /// <summary>Begins a connection: what was told on the last one may not have come.</summary>
    public void Restart()
    {
        _toldLosses.Clear();
        Clear(_said);
    }

    /// <summary>Notes that the message beginning with a sequence tells of the losses up to an id.</summary>
    public void Told(long first, long lossId) => _toldLosses[first] = lossId;

    public async Task TakeAsync(StoredAnswer answer, CancellationToken cancellation)
    {
        if (answer.Stream != buffer.StreamId)
            return;
        if (ClaimsUnsent(answer) is { } claimed)
        {
            await BeginStreamAsync(claimed, cancellation);
            return;
        }

        if (answer.Contiguous > 0)
            await ReleaseAsync(new SequenceRange(1, answer.Contiguous), sentHere: false, cancellation);
        foreach (var range in answer.Stored)
            await ReleaseAsync(range, sentHere: true, cancellation);
        foreach (var refusal in answer.Refused)
            await RefuseAsync(refusal, cancellation);

        status.Answered(outbox.Unanswered);
    }

    /// <summary>
    /// Notes that the broker has acknowledged a message of this process: what the cloud has said of it before counts from here on.
    /// </summary>
    public async Task AcknowledgedAsync(string stream, SequenceRange range, CancellationToken cancellation)
    {
        if (stream != buffer.StreamId)
            return;
        _acknowledged.Add(range.First, range.Last);
        foreach (var stored in _said.Inside(range.First, range.Last).ToArray())
        {
            _said.Remove(stored.First, stored.Last);
            await FreeAsync(stored.First, stored.Last, cancellation);
        }
    }

    /// <summary>
    /// Of several batches refused together most may be good: they go again, one in a message. One that is too large goes as two halves.
    /// Only what is refused by itself is buried.
    /// </summary>
    public async Task RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        if (refusal.Last > refusal.First)
        {
            if (outbox.SendAlone(refusal.First, refusal.Last))
                log.Separated(refusal.First, refusal.Last, refusal.Reason);
            return;
        }

        // Nothing is found when it was settled before: a refusal may come twice.
        var batch = buffer.Read(Outbox.Destination, refusal.First, 1, 1) is [var found] && found.Sequence == refusal.First ? found : null;
        if (batch is not null)
            await BuryAsync(batch, refusal, cancellation);

        // What the refused message told of losses was not taken: it is told again.
        outbox.Answered(refusal.First, refusal.Last);
    }

    /// <summary>
    /// Buries a refused batch. Where the disk takes no letter it stays in the buffer, and goes again at the latest with the next
    /// connection: one refused batch must not hold up the others.
    /// </summary>
    private async Task BuryAsync(BufferedBatch batch, Refusal refusal, CancellationToken cancellation)
    {
        try
        {
            if (refusal.Reason == TooLarge && await PackSplitter.SplitAsync(buffer, batch, cancellation))
            {
                counters.Add("forwarding.split");
                buffer.GiveUp(batch.Sequence, LossCause.Split);
                return;
            }

            log.Refused(batch.Sequence, batch.Sequence, refusal.Reason);
            deadLetters.Add(buffer.StreamId, batch, refusal.Reason, clock.Now());
            status.Refused();
            counters.Add("forwarding.refused");
            buffer.GiveUp(batch.Sequence, LossCause.Refused);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            counters.Add("dead_letters.not_kept");
            log.NotBuried(batch.Sequence, e.Message);
        }
    }

    /// <summary>
    /// A sequence that is stored under this stream's id and was never sent under it: another run of this buffer has used the id, as after
    /// an old image of the disk was put back. Null when the answer can be about this run.
    /// </summary>
    private long? ClaimsUnsent(StoredAnswer answer)
    {
        foreach (var claim in answer.Stored
            .Append(new SequenceRange(1, answer.Contiguous))
            .Where(c => c.Last > _sentBefore && c.Last >= c.First))
        {
            var from = Math.Max(claim.First, _sentBefore + 1);
            var sent = new SequenceSet(outbox.Sent(from, claim.Last));
            foreach (var unsent in sent.Outside(from, claim.Last))
                return unsent.Last;
        }

        return null;
    }

    /// <summary>
    /// Nothing more is freed on the word of that id; what is held goes under a new one, and what was stored before is recognised by its
    /// identity.
    /// </summary>
    private async Task BeginStreamAsync(long claimed, CancellationToken cancellation)
    {
        await buffer.BeginStreamAsync(cancellation);
        _sentBefore = 0;
        _toldLosses.Clear();
        Clear(_said);
        Clear(_acknowledged);
        outbox.BeginStream();
        counters.Add("forwarding.streams_begun");
        log.StreamBegun(claimed);
    }

    /// <summary>
    /// Frees of an answered range what was sent under this id before this process, and what this process has sent, the latter not before
    /// its PUBACK.
    /// </summary>
    private async Task ReleaseAsync(SequenceRange range, bool sentHere, CancellationToken cancellation)
    {
        if (range.First <= _sentBefore)
            await FreeAsync(range.First, Math.Min(range.Last, _sentBefore), cancellation);
        foreach (var sent in sentHere ? outbox.Sent(range.First, range.Last) : [])
        {
            foreach (var unacknowledged in _acknowledged.Outside(sent.First, sent.Last))
                _said.Add(unacknowledged.First, unacknowledged.Last);
            foreach (var part in _acknowledged.Inside(sent.First, sent.Last))
                await FreeAsync(part.First, part.Last, cancellation);
        }
    }

    private static void Clear(SequenceSet set) => set.Remove(0, long.MaxValue);

    private async Task FreeAsync(long first, long last, CancellationToken cancellation)
    {
        await buffer.AcknowledgeAsync(Outbox.Destination, first, last, cancellation);
        outbox.Answered(first, last);
        foreach (var (sequence, loss) in _toldLosses.Where(t => t.Key >= first && t.Key <= last).ToArray())
        {
            _toldLosses.Remove(sequence);
            try
            {
                await buffer.ForgetLossesAsync(loss, cancellation);
            }
            catch (Exception e) when (e.IsFromDisk())
            {
                // The disk refuses writes: the loss is told again, and what the cloud has stored goes on being freed.
                log.LossesNotForgotten(e.Message);
            }
        }
    }
}
