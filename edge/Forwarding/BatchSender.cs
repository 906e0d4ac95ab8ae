using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Forwarding;

/// <summary>
/// Sends what waits in the buffer over one connection, and frees what the cloud says is stored. A broker's PUBACK frees nothing: it only
/// means that the broker has the message.
/// </summary>
internal sealed class BatchSender(
    BatchBuffer buffer, Outbox outbox, AnswerHandler handler, MessageEncoder encoder, BatchPublisher publisher, StatusSender status,
    LiveTuning tuning,
    RateLimit rate, TimeProvider time, ILogger<CloudForwarder> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Publishes whose PUBACK is due on this connection.</summary>
    private readonly List<Task<Acknowledged?>> _publishing = [];

    /// <summary>Sends until the connection ends.</summary>
    public async Task RunAsync(
        IMqttClient client, Channel<StoredAnswer> answers, int largestMessage, CancellationToken cancellation)
    {
        outbox.Restart();
        handler.Restart();
        status.Restart();
        _publishing.Clear();
        var appended = Task.CompletedTask;
        var answered = Task.FromResult(false);
        long? full = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var now = tuning.Now;
            outbox.BacklogShare = now.BacklogShare;
            rate.Change(now.PublishesPerSecond, now.BytesPerSecond);
            while (answers.Reader.TryRead(out var answer))
                await handler.TakeAsync(answer, cancellation);

            await TakePubacksAsync(cancellation);
            await status.SendDueAsync(client, cancellation);
            if (outbox.ForgetOverdue())
                log.NoAnswer(Outbox.Patience.TotalSeconds);

            // A message that goes again takes another place of those the broker has not acknowledged; what takes them up for good is the
            // end of this connection.
            full = _publishing.Count < now.Window ? null : full ?? time.GetTimestamp();
            if (full is { } fullSince && time.GetElapsedTime(fullSince) > 2 * Outbox.Patience)
                throw new MqttCommunicationException(
                    $"the broker acknowledges none of {Counted.Of(_publishing.Count, "message", "messages")}");

            var lastSequence = buffer.Status.LastSequence;
            if (full is null && outbox.MaySend(now.Window) && outbox.Next() is { } parcel)
            {
                await SendAsync(client, parcel, largestMessage, answers.Writer, cancellation);
                continue;
            }

            if (appended.IsCompleted)
                appended = buffer.WaitForAppendAsync(lastSequence, cancellation);
            if (answered.IsCompleted)
                answered = answers.Reader.WaitToReadAsync(cancellation).AsTask();
            await Task.WhenAny([appended, answered, Task.Delay(LookAgain, time, cancellation), .. _publishing]);
        }
    }

    /// <summary>Sends a parcel; one too large for the broker goes in parts.</summary>
    private async Task SendAsync(
        IMqttClient client, Parcel parcel, int largestMessage, ChannelWriter<StoredAnswer> answers, CancellationToken cancellation)
    {
        var message = encoder.Encode(parcel);
        var range = parcel.Range;
        if (message.Bytes.Length > largestMessage)
        {
            if (!outbox.SendAlone(range.First, range.Last))
                await handler.RefuseAsync(new Refusal(range.First, range.Last, AnswerHandler.TooLarge), cancellation);
            return;
        }

        if (message.LastLoss is { } loss)
            handler.Told(range.First, loss);
        _publishing.Add(await publisher.PublishAsync(client, parcel, message, outbox.Unanswered, answers, cancellation));
    }

    /// <summary>Takes finished publishes out of the list; one that failed ends the connection.</summary>
    private async Task TakePubacksAsync(CancellationToken cancellation)
    {
        for (var i = _publishing.Count - 1; i >= 0; i--)
        {
            if (!_publishing[i].IsCompleted)
                continue;
            if (await _publishing[i] is { } acknowledged)
                await handler.AcknowledgedAsync(acknowledged.Stream, acknowledged.Range, cancellation);
            _publishing.RemoveAt(i);
        }
    }
}
