using System.Buffers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Identity;
using IotGateway.Telemetry;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Uplinks;

/// <summary>
/// Sends the buffer to the cloud and frees what the cloud says is stored. A broker's PUBACK frees nothing: it only means that the
/// broker has the message. What is unanswered when a connection ends is sent again on the next.
/// </summary>
internal sealed class CloudUplink(
    CloudUplinkOptions options, string gateway, BatchBuffer buffer, DeadLetters deadLetters, UplinkBook book, Func<GatewayStatus> report,
    IdentityFolder identities, Func<CancellationToken, Task<GatewayIdentity>> claim, IReadOnlyList<IUplinkTopics> others, LiveTuning tuning,
    TimeProvider time, ILogger<CloudUplink> logger) : BackgroundService
{
    /// <summary>The buffer's name for this uplink.</summary>
    public const string Name = "cloud";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly MqttClientFactory _factory = new();
    private readonly Outbox _outbox = new(buffer, Name, tuning.Now.BacklogShare, Patience, time);
    private readonly RateLimit _rate = new(tuning.Now.PublishesPerSecond, tuning.Now.BytesPerSecond, time);

    /// <summary>Losses that were told in a message, by the message's first sequence: forgotten when it is answered.</summary>
    private readonly Dictionary<long, long> _toldLosses = [];

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
                or MqttClientNotConnectedException or AuthenticationException or CryptographicException or SocketException or IOException or TimeoutException or UplinkRefusedException
                || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                if (stoppingToken.IsCancellationRequested)
                    return;
                var wait = backoff.Next();
                if (e is UplinkRefusedException refused && refused.RetryAfter > wait)
                    wait = refused.RetryAfter;
                book.Lost(e.Message);
                Log.UplinkLost(logger, options.Host, options.Port, e.Message, buffer.Status.Batches, wait.TotalSeconds);
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
        var talks = others.Select(o => (Party: o, Link: new UplinkLink(client, why =>
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

        await ConnectAsync(client, stopping);
        var refused = await CloudConnection.SubscribeAsync(client, links.Keys, stopping);
        if (refused.Count > 0)
            Log.TopicsRefused(logger, string.Join(", ", refused));

        backoff.Reset();
        book.Connected();
        Log.UplinkConnected(logger, options.Host, options.Port, buffer.Status.Batches);
        var talking = talks.Where(t => !t.Party.Topics.Intersect(refused).Any()).Select(t => TalkAsync(t.Party, t.Link, connection)).ToList();
        try
        {
            await SendAsync(client, answers.Reader, connection.Token);
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
            await connection.CancelAsync();
            await Task.WhenAll(talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested && client.IsConnected)
                await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
        }
    }

    /// <summary>Connects with the identity whose turn it is, and keeps it when that goes well; gets one by claim when there is none.</summary>
    private async Task ConnectAsync(IMqttClient client, CancellationToken stopping)
    {
        var connected = false;
        try
        {
            var identity = identities.Choose() ?? await claim(stopping);
            using var certificate = identity.Load();
            await CloudConnection.ConnectAsync(client, CloudConnection.Options(options, certificate, gateway, keepSession: true), stopping);
            if (await CloudConnection.SubscribeAsync(client, [Topics.Stored(gateway)], stopping) is { Count: > 0 })
                throw new MqttCommunicationException($"the broker refused the subscription to {Topics.Stored(gateway)}");
            identities.Keep(identity);
            connected = true;
        }
        finally
        {
            if (!connected)
                identities.Failed();
        }
    }

    private static async Task TalkAsync(IUplinkTopics party, UplinkLink link, CancellationTokenSource connection)
    {
        var ended = false;
        try
        {
            await party.RunAsync(link, connection.Token);
            ended = true;
        }
        finally
        {
            if (!ended)
                await connection.CancelAsync();
        }
    }

    private async Task SendAsync(IMqttClient client, ChannelReader<StoredAnswer> answers, CancellationToken cancellation)
    {
        _outbox.Restart();
        _toldLosses.Clear();
        var appended = Task.CompletedTask;
        var answered = Task.FromResult(false);
        long? lastStatus = null;
        var publishing = new List<Task>();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var now = tuning.Now;
            _outbox.BacklogShare = now.BacklogShare;
            _rate.Change(now.PublishesPerSecond, now.BytesPerSecond);
            while (answers.TryRead(out var answer))
                await TakeAsync(answer, cancellation);
            await SettleAsync(publishing);

            if (lastStatus is not { } last || time.GetElapsedTime(last) >= TimeSpan.FromSeconds(now.StatusSeconds))
            {
                lastStatus = time.GetTimestamp();
                await client.PublishAsync(Message(Topics.Status(gateway), report().ToJson(), MqttQualityOfServiceLevel.AtMostOnce), cancellation);
            }

            if (_outbox.IsOverdue())
            {
                Log.NoAnswer(logger, Patience.TotalSeconds);
                _outbox.Restart();
            }

            var lastSequence = buffer.Status.LastSequence;
            if (_outbox.Unanswered < now.Window && _outbox.Next() is { } parcel)
            {
                publishing.Add(await PublishAsync(client, parcel, cancellation));
                continue;
            }

            if (appended.IsCompleted)
                appended = buffer.WaitForAppendAsync(lastSequence, cancellation);
            if (answered.IsCompleted)
                answered = answers.WaitToReadAsync(cancellation).AsTask();
            await Task.WhenAny([appended, answered, Task.Delay(LookAgain, time, cancellation), .. publishing]);
        }
    }

    /// <summary>Hands a parcel to the client, no faster than the limits; the task ends with the broker's PUBACK.</summary>
    private async Task<Task> PublishAsync(IMqttClient client, Parcel parcel, CancellationToken cancellation)
    {
        var losses = buffer.Losses;
        var gaps = losses.Select(l => new Gap(l.First, l.Last, l.Readings, l.Cause) { Stream = l.Stream == buffer.StreamId ? null : l.Stream }).ToList();
        if (losses.Count > 0)
            _toldLosses[parcel.Range.First] = losses[^1].Id;

        var message = Batch.Encode(
            gateway, buffer.StreamId, parcel.Range, time.GetUtcNow(), "unknown", gaps, parcel.Batches.Select(b => b.Payload));
        var wait = _rate.Take(message.Length);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellation);
        book.Sent(parcel.Lane, parcel.Readings, message.Length, _outbox.Unanswered);
        return AwaitPubackAsync(client.PublishAsync(Message(Topics.Batch(gateway), message, MqttQualityOfServiceLevel.AtLeastOnce), cancellation), parcel);
    }

    private async Task AwaitPubackAsync(Task<MqttClientPublishResult> publish, Parcel parcel)
    {
        var result = await publish;
        if (result.IsSuccess)
            return;
        if (result.ReasonCode is MqttClientPublishReasonCode.PayloadFormatInvalid or MqttClientPublishReasonCode.TopicNameInvalid)
        {
            Bury(parcel.Range.First, parcel.Range.Last, $"the broker answered {result.ReasonCode} {result.ReasonString}");
            await buffer.AcknowledgeAsync(Name, parcel.Range.First, parcel.Range.Last, CancellationToken.None);
            return;
        }

        throw new MqttCommunicationException($"the broker refused a batch: {result.ReasonCode} {result.ReasonString}");
    }

    /// <summary>Takes finished publishes out of the list; one that failed ends the connection.</summary>
    private static async Task SettleAsync(List<Task> publishing)
    {
        for (var i = publishing.Count - 1; i >= 0; i--)
        {
            if (!publishing[i].IsCompleted)
                continue;
            await publishing[i];
            publishing.RemoveAt(i);
        }
    }

    private async Task TakeAsync(StoredAnswer answer, CancellationToken cancellation)
    {
        if (answer.Stream != buffer.StreamId)
            return;
        if (answer.Contiguous > 0)
            await SettleRangeAsync(1, answer.Contiguous, cancellation);
        foreach (var range in answer.Stored)
            await SettleRangeAsync(range.First, range.Last, cancellation);
        foreach (var refusal in answer.Refused)
        {
            Log.Refused(logger, refusal.First, refusal.Last, refusal.Reason);
            Bury(refusal.First, refusal.Last, refusal.Reason);
            await SettleRangeAsync(refusal.First, refusal.Last, cancellation);
        }

        book.Answered(_outbox.Unanswered);
    }

    private async Task SettleRangeAsync(long first, long last, CancellationToken cancellation)
    {
        await buffer.AcknowledgeAsync(Name, first, last, cancellation);
        _outbox.Answered(first, last);
        foreach (var (sequence, loss) in _toldLosses.Where(t => t.Key >= first && t.Key <= last).ToArray())
        {
            await buffer.ForgetLossesAsync(loss, cancellation);
            _toldLosses.Remove(sequence);
        }
    }

    private void Bury(long first, long last, string reason)
    {
        for (var next = first; next <= last;)
        {
            var batches = buffer.Read(Name, next, 64, Batch.MaxBytes);
            foreach (var batch in batches.Where(b => b.Sequence <= last))
            {
                deadLetters.Add(buffer.StreamId, batch, reason, time.GetUtcNow());
                book.Refused();
            }

            if (batches.Count == 0 || batches[^1].Sequence >= last)
                return;
            next = batches[^1].Sequence + 1;
        }
    }

    private async Task ReceiveAsync(
        MqttApplicationMessageReceivedEventArgs e, ChannelWriter<StoredAnswer> answers, Dictionary<string, UplinkLink> links, CancellationToken cancellation)
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
            Log.BadAnswer(logger, bad.Message);
        }
        catch (OperationCanceledException)
        {
            // The connection ends; what it would have freed is answered again.
        }
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload, MqttQualityOfServiceLevel quality) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(quality).Build();
}
