using System.Buffers;
using System.Collections.Concurrent;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Receive;
using IotGateway.Cloud.Ingest.Status;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// The embedded MQTT broker. A gateway's messages end here: nothing is handed on to other clients. An acknowledgement leaves when what it
/// stands for is done: it is held back on its way out, not in the handler, so that a connection may have many messages in flight.
/// </summary>
internal sealed class GatewayBroker : IAnswers, IDisposable
{
    /// <summary>Names the cloud as the sender of its own messages, followed by whom they are for; no client can be called so.</summary>
    private const string Cloud = "$cloud/";

    /// <summary>
    /// Messages of one client that may wait for their acknowledgement; the queue to the committer bounds what they hold together.
    /// </summary>
    private const ushort MaxInFlight = 1000;
    private const int MaxPendingAnswers = 250;

    /// <summary>Answers that a client may leave without its own acknowledgement; beyond, its session is deleted.</summary>
    private const int MaxUnacknowledged = 500;

    /// <summary>Filters of one session; a gateway needs eleven.</summary>
    private const int MaxSubscriptions = 32;
    private static readonly TimeSpan CommunicationTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PartingTime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, PendingAcks> _acks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Caller> _callers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _unacknowledged = new(StringComparer.Ordinal);
    private readonly MqttServer _server;
    private readonly BatchReceiver _receiver;
    private readonly ClientCheck _check;
    private readonly IRequestTopics[] _requests;
    private readonly GatewayRegistry _gateways;
    private readonly IngestCounters _counters;
    private readonly Refusals _messages;
    private readonly RefusalLog _connections;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayBroker> _log;

    public GatewayBroker(
        TlsListener listener, BatchReceiver receiver, ClientCheck check, IEnumerable<IRequestTopics> requests, GatewayRegistry gateways,
        IngestCounters counters, Refusals messages, RefusalLog connections, TimeProvider time, ILogger<GatewayBroker> log)
    {
        (_receiver, _check, _requests, _gateways, _time, _log) = (receiver, check, [.. requests], gateways, time, log);
        (_counters, _messages, _connections) = (counters, messages, connections);
        var options = new MqttServerOptionsBuilder()
            .WithPersistentSessions()
            .WithDefaultCommunicationTimeout(CommunicationTimeout)
            .WithMaxPendingMessagesPerClient(MaxPendingAnswers)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(options, [listener]);
        _server.ValidatingConnectionAsync += e => LoggingFailuresAsync(e.ClientId, ValidateAsync, e);
        _server.ClientConnectedAsync += ConnectedAsync;
        _server.ClientDisconnectedAsync += DisconnectedAsync;
        _server.InterceptingInboundPacketAsync += e => LoggingFailuresAsync(e.ClientId, InboundAsync, e);
        _server.InterceptingOutboundPacketAsync += e => LoggingFailuresAsync(e.ClientId, OutboundAsync, e);
        _server.InterceptingSubscriptionAsync += SubscribingAsync;
        _server.InterceptingUnsubscriptionAsync += UnsubscribingAsync;
        _server.ClientAcknowledgedPublishPacketAsync += e =>
        {
            OneLess(e.ClientId);
            return Task.CompletedTask;
        };

        // One that waits to be acknowledged is kept by its session though it is dropped here, and stays counted.
        _server.QueuedApplicationMessageOverwrittenAsync += e =>
        {
            if (e.Packet is MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce })
                OneLess(e.ReceiverClientId);
            return Task.CompletedTask;
        };
        _server.SessionDeletedAsync += e =>
        {
            _unacknowledged.TryRemove(e.Id, out _);
            return Task.CompletedTask;
        };
        _server.ClientSubscribedTopicAsync += e => LoggingFailuresAsync(e.ClientId, SubscribedAsync, e);

        // Wills and messages of gateways go nowhere; only the cloud's own are delivered.
        _server.InterceptingPublishAsync += e =>
        {
            e.ProcessPublish = e.ClientId.StartsWith(Cloud, StringComparison.Ordinal);
            return Task.CompletedTask;
        };

        // Claims share the topics of their answers: each gets its own and no other's.
        _server.InterceptingClientEnqueueAsync += async e =>
        {
            e.AcceptEnqueue = e.SenderClientId == Cloud + e.ReceiverClientId;
            if (!e.AcceptEnqueue || _unacknowledged.AddOrUpdate(e.ReceiverClientId, 1, (_, n) => n + 1) <= MaxUnacknowledged)
                return;
            e.AcceptEnqueue = false;
            _connections.Refuse("answers_not_acknowledged", null, e.ReceiverClientId);
            await DeleteSessionAsync(e.ReceiverClientId);
        };
    }

    public Task StartAsync() => _server.StartAsync();

    public Task StopAsync() => _server.StopAsync(new MqttServerStopOptions
    {
        DefaultClientDisconnectOptions = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown },
    });

    public void Dispose() => _server.Dispose();

    /// <inheritdoc/>
    /// <remarks>The answer waits in the gateway's session while it is away.</remarks>
    public Task PublishAsync(string gateway, StoredAnswer answer, CancellationToken cancellation) =>
        SendAsync(gateway, new Reply(Topics.Stored(gateway), answer.ToJson()));

    /// <summary>Sends to one client, when it has subscribed to the topic.</summary>
    public async Task SendAsync(string client, Reply reply)
    {
        // While the broker stops, the answer has nowhere to go; the gateway sends again and is answered then.
        if (!_server.IsStarted)
            return;

        var message = new MqttApplicationMessage
        {
            Topic = reply.Topic,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Payload = new ReadOnlySequence<byte>(reply.Payload),
        };
        await _server.InjectApplicationMessage(
            new InjectedMqttApplicationMessage(message) { SenderClientId = Cloud + client }, CancellationToken.None);
    }

    /// <summary>
    /// Handles with failures counted and logged: MQTTnet ends the connection at whatever a handler throws, without a word. Nothing was
    /// acknowledged, so the gateway sends again.
    /// </summary>
    private async Task LoggingFailuresAsync<T>(string client, Func<T, Task> handle, T what)
    {
        try
        {
            await handle(what);
        }
        catch (Exception e) when (e is not (OperationCanceledException or MQTTnet.Exceptions.MqttCommunicationException))
        {
            _counters.ConnectionRefused("internal_error");
            _log.HandlingFailed(e, client);
            throw;
        }
    }

    private Task ValidateAsync(ValidatingConnectionEventArgs e)
    {
        var certificate = e.ChannelAdapter.ClientCertificate;
        var caller = new Caller(e.ClientId, certificate, e.RemoteEndPoint);
        if (caller.IsGateway ? caller.Name != e.ClientId : !e.ClientId.StartsWith(Claims.Prefix, StringComparison.Ordinal))
            return RefuseAsync(
                e, MqttConnectReasonCode.ClientIdentifierNotValid, "client_id_not_certificate", caller,
                "The client id must equal the certificate's common name; a claim's begins with 'claim.'.");

        // Anyone may call himself any claim: what such a session kept would be anyone's, and never end.
        if (!caller.IsGateway && (e.CleanSession != true || e.SessionExpiryInterval > 0))
            return RefuseAsync(
                e, MqttConnectReasonCode.ImplementationSpecificError, "claim_session_kept", caller,
                "A claim's session must be clean and end with its connection.");

        if (!caller.IsGateway)
            return _callers.TryAdd(e.ClientId, caller)
                ? Task.CompletedTask
                : RefuseAsync(
                    e, MqttConnectReasonCode.ClientIdentifierNotValid, "client_id_in_use", caller,
                    "Another holder of a claim is connected by this client id; take another one.");

        _check.Connects(certificate);
        _callers[e.ClientId] = caller;
        if (e.CleanSession == true)
            _unacknowledged.TryRemove(e.ClientId, out _);
        return Task.CompletedTask;
    }

    private Task RefuseAsync(ValidatingConnectionEventArgs e, MqttConnectReasonCode code, string reason, Caller caller, string explanation)
    {
        e.ReasonCode = code;
        e.ReasonString = explanation;
        _connections.Refuse(reason, e.RemoteEndPoint, $"certificate {caller.Name}");
        return Task.CompletedTask;
    }

    private Task ConnectedAsync(ClientConnectedEventArgs e)
    {
        _acks[e.ClientId] = new PendingAcks();
        if (GatewayId.IsValid(e.ClientId))
            _gateways.Update(e.ClientId, v => v with { Connected = true, LastSeen = _time.GetUtcNow() });
        _log.Connected(e.ClientId, e.RemoteEndPoint);
        return Task.CompletedTask;
    }

    private Task DisconnectedAsync(ClientDisconnectedEventArgs e)
    {
        _log.Disconnected(e.ClientId, e.DisconnectType.ToString());
        if (e.DisconnectType == MqttClientDisconnectType.Takeover)
            return Task.CompletedTask;

        // The client's next connection may have been let in meanwhile.
        if (_callers.TryGetValue(e.ClientId, out var caller)
            && !(Equals(caller.Remote, e.RemoteEndPoint) && _callers.TryRemove(KeyValuePair.Create(e.ClientId, caller))))
            return Task.CompletedTask;
        _acks.TryRemove(e.ClientId, out _);
        if (GatewayId.IsValid(e.ClientId))
            _gateways.Update(e.ClientId, v => v with { Connected = false });
        return Task.CompletedTask;
    }

    /// <summary>Ends the connections of those whose certificates were withdrawn, with their sessions.</summary>
    public async Task EndWithdrawnAsync()
    {
        foreach (var caller in _callers.Values)
        {
            if (_check.Withdrawn(caller.Certificate) is not { } refusal)
                continue;
            LetGo(caller, refusal.Reason);
            await EndAsync(caller.Client, MqttDisconnectReasonCode.NotAuthorized);
            await DeleteSessionAsync(caller.Client);
        }
    }

    /// <summary>Ends a connection with a word why, for which a client that does not read is not waited.</summary>
    private async Task EndAsync(string client, MqttDisconnectReasonCode reason)
    {
        try
        {
            await _server.DisconnectClientAsync(client, new MqttServerClientDisconnectOptions { ReasonCode = reason })
                .WaitAsync(PartingTime, _time);
        }
        catch (TimeoutException)
        {
            // What follows ends it without.
        }
        catch (InvalidOperationException)
        {
            // It has gone by itself.
        }
    }

    private async Task DeleteSessionAsync(string client)
    {
        var session = (await _server.GetSessionsAsync()).FirstOrDefault(s => s.Id == client);
        if (session is not null)
            await session.DeleteAsync();
    }

    private async Task InboundAsync(InterceptingPacketEventArgs e)
    {
        if (e.Packet is MqttSubscribePacket subscribe)
            CountForbidden(e.ClientId, subscribe);
        if (e.Packet is not MqttPublishPacket publish)
            return;

        if (!_callers.TryGetValue(e.ClientId, out var caller))
            throw new MQTTnet.Exceptions.MqttCommunicationException("The connection has ended.");
        _acks.TryGetValue(e.ClientId, out var acks);
        var fault = _check.Withdrawn(caller.Certificate)?.Reason
            ?? (acks?.Count >= MaxInFlight ? "receive_maximum_exceeded" : publish.TopicAlias > 0 ? "topic_alias" : null);
        if (fault is not null)
        {
            LetGo(caller, fault);
            throw new MQTTnet.Exceptions.MqttCommunicationException(fault);
        }

        if (caller.IsGateway)
            _gateways.Update(e.ClientId, v => v with { LastSeen = _time.GetUtcNow() });
        var payload = publish.Payload.ToArray();
        Task<Outcome> outcome;
        if (caller.IsGateway && TopicRules.IsBatch(e.ClientId, publish.Topic))
        {
            var (taken, refusal) = await _receiver.TakeAsync(e.ClientId, payload, e.CancellationToken);
            if (refusal is not null)
                await PublishAsync(e.ClientId, refusal, e.CancellationToken);
            outcome = taken;
        }
        else if (caller.IsGateway && TopicRules.IsStatus(e.ClientId, publish.Topic))
        {
            outcome = Task.FromResult(_receiver.TakeStatus(e.ClientId, payload));
        }
        else if (Ask(caller, publish.Topic, payload) is { } replies)
        {
            outcome = Task.FromResult(Outcome.Accepted);
            foreach (var reply in replies)
                await SendAsync(e.ClientId, reply);
        }
        else
        {
            // By the certificate's name: a claim's client id is anything its holder likes, and a new one each time.
            _messages.Note(caller.Name, Outcome.ForbiddenTopic, Shown(publish.Topic));
            outcome = Task.FromResult(Outcome.Refused(Outcome.ForbiddenTopic));
        }

        if (publish.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            acks?.Add(publish.PacketIdentifier, outcome);
    }

    /// <summary>Has no more to do with a caller, and says once why.</summary>
    private void LetGo(Caller caller, string reason)
    {
        if (!_callers.TryRemove(KeyValuePair.Create(caller.Client, caller)))
            return;
        _connections.Refuse(reason, caller.Remote, caller.Client);
    }

    private async Task OutboundAsync(InterceptingPacketEventArgs e)
    {
        switch (e.Packet)
        {
            case MqttConnAckPacket connected:
                connected.MaximumPacketSize = TlsListener.MaxFrameBytes;
                connected.ReceiveMaximum = MaxInFlight;
                connected.RetainAvailable = false;
                connected.TopicAliasMaximum = 0;
                connected.SharedSubscriptionAvailable = false;
                connected.SubscriptionIdentifiersAvailable = false;
                break;
            case MqttPubAckPacket acknowledged:
                if (await EndedAsync(e, acknowledged.PacketIdentifier) is { } code)
                    acknowledged.ReasonCode = code;
                break;
            case MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce }:
                OneLess(e.ClientId);
                break;
            case MqttPubRecPacket received:
                if (await EndedAsync(e, received.PacketIdentifier) is { } reason)
                    received.ReasonCode = (MqttPubRecReasonCode)(int)reason;
                break;
        }
    }

    /// <summary>
    /// The code to acknowledge a message with, once its outcome is known; null when nothing is known of it, and nothing leaves.
    /// </summary>
    private async Task<MqttPubAckReasonCode?> EndedAsync(InterceptingPacketEventArgs e, ushort packet)
    {
        if (_acks.TryGetValue(e.ClientId, out var acks) && acks.TryTake(packet, out var outcome))
            return (await outcome.WaitAsync(e.CancellationToken)).Code();

        e.ProcessPacket = false;
        return null;
    }

    private Task SubscribingAsync(InterceptingSubscriptionEventArgs e)
    {
        var filter = e.TopicFilter.Topic;
        var may = MaySubscribe(e.ClientId, filter);
        if (may && Filters(e.Session.Items).TryAdd(filter, 0) && Filters(e.Session.Items).Count > MaxSubscriptions)
        {
            Filters(e.Session.Items).TryRemove(filter, out _);
            e.Response.ReasonCode = MqttSubscribeReasonCode.QuotaExceeded;
            e.ProcessSubscription = false;
            _counters.Refused(e.ClientId, "too_many_subscriptions");
        }
        else if (!may)
        {
            e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            e.ProcessSubscription = false;
        }

        return Task.CompletedTask;
    }

    private Task UnsubscribingAsync(InterceptingUnsubscriptionEventArgs e)
    {
        Filters(e.SessionItems).TryRemove(e.Topic, out _);
        return Task.CompletedTask;
    }

    /// <summary>Filters that a session holds, kept with it.</summary>
    private static ConcurrentDictionary<string, byte> Filters(System.Collections.IDictionary session)
    {
        const string key = "filters";
        if (session[key] is ConcurrentDictionary<string, byte> filters)
            return filters;
        session[key] = filters = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        return filters;
    }

    /// <summary>Counted here because MQTTnet refuses some filters by itself, shared ones among them, before it asks.</summary>
    private void CountForbidden(string client, MqttSubscribePacket subscribe)
    {
        var name = _callers.TryGetValue(client, out var caller) ? caller.Name : "";
        foreach (var filter in subscribe.TopicFilters.Where(f => !MaySubscribe(client, f.Topic)))
            _messages.Note(name, "forbidden_subscription", Shown(filter.Topic));
    }

    /// <summary>Counts off an answer that its client acknowledged, or does not have to.</summary>
    private void OneLess(string client) => _unacknowledged.AddOrUpdate(client, 0, (_, n) => Math.Max(0, n - 1));

    /// <summary>
    /// Tells a gateway that begins to listen where its stream stands: an answer may have been lost with the last connection.
    /// </summary>
    private Task SubscribedAsync(ClientSubscribedTopicEventArgs e) =>
        e.TopicFilter.Topic.StartsWith("cmd/", StringComparison.Ordinal) && _gateways.Find(e.ClientId) is { Stream: { } stream } view
            ? PublishAsync(e.ClientId, new StoredAnswer(stream, view.Contiguous, view.Stored, []), CancellationToken.None)
            : Task.CompletedTask;

    private bool MaySubscribe(string client, string? filter) =>
        filter is not null && _callers.TryGetValue(client, out var caller) && _check.Withdrawn(caller.Certificate) is null
        && ((caller.IsGateway && TopicRules.MaySubscribe(client, filter)) || Array.Exists(_requests, r => r.MaySubscribe(caller, filter)));

    private IReadOnlyList<Reply>? Ask(Caller caller, string topic, byte[] payload)
    {
        foreach (var request in _requests)
        {
            if (request.Answer(caller, topic, payload) is { } replies)
                return replies;
        }

        return null;
    }

    private static string Shown(string? topic) => topic is { Length: > 80 } ? string.Concat(topic.AsSpan(0, 80), "…") : topic ?? "";
}
