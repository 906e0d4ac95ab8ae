using System.Buffers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Forwarding;

/// <summary>
/// Sends the buffer to the cloud and frees what the cloud says is stored. A broker's PUBACK frees nothing: it only means that the
/// broker has the message. What is unanswered when a connection ends is sent again on the next.
/// </summary>
internal sealed class CloudForwarder(
    ForwardingOptions options, string gateway, BatchBuffer buffer, Outbox outbox, AnswerHandler settlement, ForwardingStatus book, Func<GatewayStatus> report,
    IdentityFolder identities, Func<CancellationToken, Task<GatewayIdentity>> claim, IReadOnlyList<ICloudTopics> others, LiveTuning tuning,
    GatewayClock clock, PackResolver packs, TimeProvider time, ILogger<CloudForwarder> log) : BackgroundService
{
    /// <summary>The buffer's name for this uplink.</summary>
    public const string Name = "cloud";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>How long after the broker's refusal the cloud's own, which gives the better reason, may still come.</summary>
    private static readonly TimeSpan Explanation = TimeSpan.FromSeconds(2);

    /// <summary>Gaps told in one message, so that its envelope stays small.</summary>
    private const int GapsAMessage = 20;

    /// <summary>What the envelope and MQTT's header take beside the packs of a message at the broker's limit.</summary>
    private const int PacketOverhead = 256;

    /// <summary>MQTT 5's reason code Packet too large, which brokers put into a PUBACK though the standard does not list it there.</summary>
    private const int PacketTooLarge = 0x95;

    private readonly MqttClientFactory _factory = new();
    private readonly RateLimit _rate = new(tuning.Now.PublishesPerSecond, tuning.Now.BytesPerSecond, time);

    private int _largestMessage = Batch.MaxBytes;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(Random.Shared.NextDouble);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ConnectAndSendAsync(backoff, stoppingToken);
            }
            catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException or MqttClientDisconnectedException
                or MqttClientNotConnectedException or AuthenticationException or CryptographicException or SocketException or IOException or UnauthorizedAccessException or TimeoutException
                or ObjectDisposedException or CloudRefusedException
                || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                var wait = backoff.Next();
                if (e is CloudRefusedException refused && refused.RetryAfter > wait)
                    wait = refused.RetryAfter;
                book.Lost(e.Message);
                log.UplinkLost(options.Host, options.Port, e.Message, buffer.Status.Batches, wait.TotalSeconds);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ConnectAndSendAsync(Backoff backoff, CancellationToken stopping)
    {
        using var client = _factory.CreateMqttClient();
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var answers = Channel.CreateBounded<StoredAnswer>(new BoundedChannelOptions(1000) { SingleReader = true });
        string? reason = null;
        var talks = others.Select(o => (Party: o, Link: new CloudLink(client, why =>
        {
            reason ??= why;
            connection.Cancel();
        }))).ToList();
        var links = talks.SelectMany(t => t.Party.Topics.Select(topic => (topic, t.Link))).ToDictionary(t => t.topic, t => t.Link, StringComparer.Ordinal);
        client.DisconnectedAsync += async e =>
        {
            reason ??= e.Exception?.Message ?? e.ReasonString ?? e.Reason.ToString();
            await connection.CancelAsync();
        };
        client.ApplicationMessageReceivedAsync += e => ReceiveAsync(e, answers.Writer, links, connection.Token);

        var connected = await ConnectAsync(client, stopping);
        var refused = await CloudConnection.SubscribeAsync(client, links.Keys, stopping);
        if (refused.Count > 0)
            log.TopicsRefused(string.Join(", ", refused));

        _largestMessage = (int)Math.Min(Batch.MaxBytes, (connected.MaximumPacketSize is > 0 and var most ? most : uint.MaxValue) - PacketOverhead);
        var since = time.GetTimestamp();
        book.Connected();
        log.UplinkConnected(options.Host, options.Port, buffer.Status.Batches);
        var talking = talks.Where(t => !t.Party.Topics.Intersect(refused).Any()).Select(t => TalkAsync(t.Party, t.Link, connection)).ToList();
        try
        {
            await SendAsync(client, answers, backoff, connection.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            await Task.WhenAll(talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (talking.Find(t => t.IsFaulted) is { } broken)
                await broken;
            throw new MqttCommunicationException(reason ?? "the connection ended");
        }
        finally
        {
            // A broker that lets in and throws out at once, as for a policy or for another client of this name, is not asked again twice a second.
            if (time.GetElapsedTime(since) > Outbox.Patience)
                backoff.Reset();
            await connection.CancelAsync();
            await Task.WhenAll(talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested && client.IsConnected)
            {
                using var enough = new CancellationTokenSource(Farewell, time);
                await client.DisconnectAsync(new MqttClientDisconnectOptions(), enough.Token);
            }
        }
    }

    /// <summary>Connects with the identity whose turn it is, and keeps it when that goes well; gets one by claim when there is none.</summary>
    private async Task<MqttClientConnectResult> ConnectAsync(IMqttClient client, CancellationToken stopping)
    {
        var connected = false;
        try
        {
            var identity = identities.Choose() ?? await claim(stopping);
            using var certificate = identity.Load();
            var answer = await CloudConnection.ConnectAsync(client, CloudConnection.Options(options, certificate, gateway, keepSession: true), stopping);
            if (await CloudConnection.SubscribeAsync(client, [Topics.Stored(gateway)], stopping) is { Count: > 0 })
                throw new MqttCommunicationException($"the broker refused the subscription to {Topics.Stored(gateway)}");
            identities.Keep(identity);
            connected = true;
            return answer;
        }
        finally
        {
            if (!connected)
                identities.Failed();
        }
    }

    /// <summary>Lets a party speak; one that the broker will not hear falls silent, and the readings go on.</summary>
    private async Task TalkAsync(ICloudTopics party, CloudLink link, CancellationTokenSource connection)
    {
        var ended = false;
        try
        {
            await party.RunAsync(link, connection.Token);
            ended = true;
        }
        catch (PublishRefusedException refused)
        {
            log.TopicsRefused(refused.Message);
            ended = true;
        }
        finally
        {
            if (!ended)
                await connection.CancelAsync();
        }
    }

    private async Task SendAsync(IMqttClient client, Channel<StoredAnswer> answers, Backoff backoff, CancellationToken cancellation)
    {
        outbox.Restart();
        settlement.Restart();
        var appended = Task.CompletedTask;
        var answered = Task.FromResult(false);
        long? lastStatus = null;
        var publishing = new List<Task<Acknowledged?>>();
        long? full = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var now = tuning.Now;
            outbox.BacklogShare = now.BacklogShare;
            _rate.Change(now.PublishesPerSecond, now.BytesPerSecond);
            while (answers.Reader.TryRead(out var answer))
            {
                await settlement.TakeAsync(answer, cancellation);
                backoff.Reset();
            }

            await SettleAsync(publishing, cancellation);

            if (lastStatus is not { } last || time.GetElapsedTime(last) >= TimeSpan.FromSeconds(now.StatusSeconds))
            {
                lastStatus = time.GetTimestamp();
                var status = report().ToJson();
                _rate.Take(status.Length); // it counts like any other, and waits for none
                await CloudConnection.PublishAsync(client, Message(Topics.Status(gateway), status, MqttQualityOfServiceLevel.AtMostOnce), cancellation);
            }

            if (outbox.ForgetOverdue())
                log.NoAnswer(Outbox.Patience.TotalSeconds);

            // A message that goes again takes another place of those the broker has not acknowledged; what takes them up for good is the end of this connection.
            full = publishing.Count < now.Window ? null : full ?? time.GetTimestamp();
            if (full is { } fullSince && time.GetElapsedTime(fullSince) > 2 * Outbox.Patience)
                throw new MqttCommunicationException($"the broker acknowledges none of {publishing.Count} messages");

            var lastSequence = buffer.Status.LastSequence;
            if (full is null && outbox.MaySend(now.Window) && outbox.Next() is { } parcel)
            {
                publishing.Add(await PublishAsync(client, parcel, answers.Writer, cancellation));
                continue;
            }

            if (appended.IsCompleted)
                appended = buffer.WaitForAppendAsync(lastSequence, cancellation);
            if (answered.IsCompleted)
                answered = answers.Reader.WaitToReadAsync(cancellation).AsTask();
            await Task.WhenAny([appended, answered, Task.Delay(LookAgain, time, cancellation), .. publishing]);
        }
    }

    /// <summary>Hands a parcel to the client, no faster than the limits; the task ends with the broker's PUBACK, and is null when that refuses.</summary>
    private async Task<Task<Acknowledged?>> PublishAsync(IMqttClient client, Parcel parcel, ChannelWriter<StoredAnswer> answers, CancellationToken cancellation)
    {
        LossRecord[] losses = [.. buffer.Losses.Take(GapsAMessage)];
        var stream = buffer.StreamId;
        Gap[] gaps = [.. losses.Select(l => new Gap(l.First, l.Last, l.Readings, l.Cause) { Stream = l.Stream == stream ? null : l.Stream })];
        var message = Batch.Encode(
            gateway, stream, parcel.Range, clock.Now(), clock.State.State, gaps, parcel.Batches.Select(b => packs.Resolve(b.Payload)));
        if (message.Length > _largestMessage)
        {
            if (!outbox.SendAlone(parcel.Range.First, parcel.Range.Last))
                await settlement.RefuseAsync(new Refusal(parcel.Range.First, parcel.Range.Last, AnswerHandler.TooLarge), cancellation);
            return Task.FromResult<Acknowledged?>(null);
        }

        if (losses.Length > 0)
            settlement.Told(parcel.Range.First, losses[^1].Id);
        var wait = _rate.Take(message.Length);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellation);
        book.Sent(parcel.Lane, parcel.Readings, message.Length, outbox.Unanswered);
        var publish = CloudConnection.PublishAsync(client, Message(options.BatchTopic(gateway), message, MqttQualityOfServiceLevel.AtLeastOnce), cancellation);
        buffer.NoteSent(parcel.Range.Last);
        return AwaitPubackAsync(publish, stream, parcel, answers, cancellation);
    }

    /// <summary>A refusal in the PUBACK counts like one of the cloud's, if the cloud's own does not come.</summary>
    private async Task<Acknowledged?> AwaitPubackAsync(Task<MqttClientPublishResult> publish, string stream, Parcel parcel, ChannelWriter<StoredAnswer> answers, CancellationToken cancellation)
    {
        var result = await publish;
        if (result.IsSuccess)
        {
            book.Taken();
            return new Acknowledged(stream, parcel.Range);
        }

        var tooLarge = (int)result.ReasonCode == PacketTooLarge;
        if (!tooLarge && result.ReasonCode is not (MqttClientPublishReasonCode.PayloadFormatInvalid or MqttClientPublishReasonCode.TopicNameInvalid))
        {
            // No fault of this batch: all go to one topic, and burying them would empty the buffer over a policy's mistake.
            book.Denied($"{result.ReasonCode} {result.ReasonString}".TrimEnd());
            throw new MqttCommunicationException($"the broker refused a batch: {result.ReasonCode} {result.ReasonString}");
        }

        await Task.Delay(Explanation, time, cancellation);
        var reason = tooLarge ? AnswerHandler.TooLarge : $"the broker answered {result.ReasonCode} {result.ReasonString}".TrimEnd();
        await answers.WriteAsync(new StoredAnswer(stream, 0, [], [new Refusal(parcel.Range.First, parcel.Range.Last, reason)]), cancellation);
        return null;
    }

    /// <summary>Takes finished publishes out of the list; one that failed ends the connection.</summary>
    private async Task SettleAsync(List<Task<Acknowledged?>> publishing, CancellationToken cancellation)
    {
        for (var i = publishing.Count - 1; i >= 0; i--)
        {
            if (!publishing[i].IsCompleted)
                continue;
            if (await publishing[i] is { } acknowledged)
                await settlement.AcknowledgedAsync(acknowledged.Stream, acknowledged.Range, cancellation);
            publishing.RemoveAt(i);
        }
    }

    private async Task ReceiveAsync(
        MqttApplicationMessageReceivedEventArgs e, ChannelWriter<StoredAnswer> answers, Dictionary<string, CloudLink> links, CancellationToken cancellation)
    {
        if (links.TryGetValue(e.ApplicationMessage.Topic, out var link))
        {
            link.Take(e.ApplicationMessage);
            return;
        }

        try
        {
            await answers.WriteAsync(StoredAnswer.Parse(e.ApplicationMessage.Payload.ToArray()), cancellation);
        }
        catch (BatchFormatException bad)
        {
            log.BadAnswer(bad.Message);
        }
        catch (OperationCanceledException)
        {
            // The connection ends; what it would have freed is answered again.
        }
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload, MqttQualityOfServiceLevel quality) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(quality).Build();

    /// <summary>What a PUBACK was for.</summary>
    private sealed record Acknowledged(string Stream, SequenceRange Range);
}
