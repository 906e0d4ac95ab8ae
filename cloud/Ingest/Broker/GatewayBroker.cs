using System.Buffers;
using System.Collections.Concurrent;
using IotGateway.Cloud.Ingest.Certificates;
using IotGateway.Telemetry;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// The embedded MQTT broker. A gateway's messages end here: nothing is handed on to other clients. An acknowledgement leaves when what it
/// stands for is done: it is held back on its way out, not in the handler, so that a connection may have many messages in flight.
/// </summary>
internal sealed class GatewayBroker : IDisposable
{
    /// <summary>Names the cloud as the sender of its own messages; no gateway can be called so.</summary>
    private const string Cloud = "$cloud";

    private const ushort MaxInFlight = 100;
    private const int MaxPendingAnswers = 250;

    private readonly ConcurrentDictionary<string, PendingAcks> _acks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, System.Security.Cryptography.X509Certificates.X509Certificate2> _certificates = new(StringComparer.Ordinal);
    private readonly MqttServer _server;
    private readonly BatchIntake _intake;
    private readonly ClientCheck _check;
    private readonly GatewayBook _book;
    private readonly IngestCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayBroker> _log;

    public GatewayBroker(TlsListener listener, BatchIntake intake, ClientCheck check, GatewayBook book, IngestCounters counters, TimeProvider time, ILogger<GatewayBroker> log)
    {
        (_intake, _check, _book, _counters, _time, _log) = (intake, check, book, counters, time, log);
        var options = new MqttServerOptionsBuilder()
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(MaxPendingAnswers)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(options, [listener]);
        _server.ValidatingConnectionAsync += Validate;
        _server.ClientConnectedAsync += Connected;
        _server.ClientDisconnectedAsync += Disconnected;
        _server.InterceptingInboundPacketAsync += Inbound;
        _server.InterceptingOutboundPacketAsync += Outbound;
        _server.InterceptingSubscriptionAsync += Subscribing;
        _server.ClientSubscribedTopicAsync += Subscribed;

        // Wills and messages of gateways go nowhere; only the cloud's own are delivered.
        _server.InterceptingPublishAsync += e =>
        {
            e.ProcessPublish = e.ClientId == Cloud;
            return Task.CompletedTask;
        };
    }

    public Task Start() => _server.StartAsync();

    public Task Stop() => _server.StopAsync(new MqttServerStopOptions
    {
        DefaultClientDisconnectOptions = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown },
    });

    public void Dispose() => _server.Dispose();

    /// <summary>Sends an answer to a gateway; it waits in the gateway's session while it is away.</summary>
    public async Task Answer(string gateway, StoredAnswer answer)
    {
        // While the broker stops, the answer has nowhere to go; the gateway sends again and is answered then.
        if (!_server.IsStarted)
            return;

        var message = new MqttApplicationMessage
        {
            Topic = Topics.Stored(gateway),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Payload = new ReadOnlySequence<byte>(answer.ToJson()),
        };
        await _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = Cloud }, CancellationToken.None);
    }

    private Task Validate(ValidatingConnectionEventArgs e)
    {
        var certificate = e.ChannelAdapter.ClientCertificate;
        var gateway = ClientCheck.Gateway(certificate);
        if (string.Equals(gateway, e.ClientId, StringComparison.Ordinal))
        {
            _certificates[gateway] = certificate;
            return Task.CompletedTask;
        }

        e.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
        e.ReasonString = "The client id must equal the certificate's common name.";
        _counters.ConnectionRefused("client_id_not_certificate");
        _log.ConnectionRefused(e.RemoteEndPoint, "client_id_not_certificate", $"certificate {gateway}");
        return Task.CompletedTask;
    }

    private Task Connected(ClientConnectedEventArgs e)
    {
        _acks[e.ClientId] = new PendingAcks();
        _book.Update(e.ClientId, v => v with { Connected = true, LastSeen = _time.GetUtcNow() });
        _log.Connected(e.ClientId, e.RemoteEndPoint);
        return Task.CompletedTask;
    }

    private Task Disconnected(ClientDisconnectedEventArgs e)
    {
        _log.Disconnected(e.ClientId, e.DisconnectType.ToString());
        if (e.DisconnectType != MqttClientDisconnectType.Takeover)
            _book.Update(e.ClientId, v => v with { Connected = false });
        return Task.CompletedTask;
    }

    private async Task Inbound(InterceptingPacketEventArgs e)
    {
        if (e.Packet is MqttSubscribePacket subscribe)
            CountForbidden(e.ClientId, subscribe);
        if (e.Packet is not MqttPublishPacket publish)
            return;

        if (!_certificates.TryGetValue(e.ClientId, out var certificate) || !_check.StillStands(certificate))
        {
            _counters.ConnectionRefused("revoked_certificate");
            _log.ConnectionRefused(e.RemoteEndPoint, "revoked_certificate", e.ClientId);
            throw new MQTTnet.Exceptions.MqttCommunicationException("The gateway's certificate was withdrawn.");
        }

        _book.Update(e.ClientId, v => v with { LastSeen = _time.GetUtcNow() });
        var payload = publish.Payload.ToArray();
        Task<MqttPubAckReasonCode> outcome;
        if (TopicRules.IsBatch(e.ClientId, publish.Topic))
        {
            var (taken, refusal) = await _intake.Take(e.ClientId, payload, e.CancellationToken);
            if (refusal is not null)
                await Answer(e.ClientId, refusal);
            outcome = taken;
        }
        else if (TopicRules.IsStatus(e.ClientId, publish.Topic))
        {
            outcome = Task.FromResult(_intake.TakeStatus(e.ClientId, payload));
        }
        else
        {
            _counters.Refused(e.ClientId, "forbidden_topic");
            _log.MessageRefused(e.ClientId, "forbidden_topic", Shown(publish.Topic));
            outcome = Task.FromResult(MqttPubAckReasonCode.NotAuthorized);
        }

        if (publish.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce && _acks.TryGetValue(e.ClientId, out var acks))
            acks.Add(publish.PacketIdentifier, outcome);
    }

    private async Task Outbound(InterceptingPacketEventArgs e)
    {
        switch (e.Packet)
        {
            case MqttConnAckPacket connected:
                connected.MaximumPacketSize = TlsListener.MaxFrameBytes;
                connected.ReceiveMaximum = MaxInFlight;
                connected.RetainAvailable = false;
                break;
            case MqttPubAckPacket acknowledged:
                if (await Settled(e, acknowledged.PacketIdentifier) is { } code)
                    acknowledged.ReasonCode = code;
                break;
            case MqttPubRecPacket received:
                if (await Settled(e, received.PacketIdentifier) is { } reason)
                    received.ReasonCode = (MqttPubRecReasonCode)(int)reason;
                break;
        }
    }

    private async Task<MqttPubAckReasonCode?> Settled(InterceptingPacketEventArgs e, ushort packet)
    {
        if (_acks.TryGetValue(e.ClientId, out var acks) && acks.TryTake(packet, out var outcome))
            return await outcome.WaitAsync(e.CancellationToken);

        e.ProcessPacket = false;
        return null;
    }

    private Task Subscribing(InterceptingSubscriptionEventArgs e)
    {
        if (TopicRules.MaySubscribe(e.ClientId, e.TopicFilter.Topic))
            return Task.CompletedTask;

        e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        e.ProcessSubscription = false;
        return Task.CompletedTask;
    }

    /// <summary>Counted here because MQTTnet refuses some filters by itself, shared ones among them, before it asks.</summary>
    private void CountForbidden(string gateway, MqttSubscribePacket subscribe)
    {
        foreach (var filter in subscribe.TopicFilters.Where(f => !TopicRules.MaySubscribe(gateway, f.Topic)))
        {
            _counters.Refused(gateway, "forbidden_subscription");
            _log.SubscriptionRefused(gateway, "forbidden_subscription", Shown(filter.Topic));
        }
    }

    /// <summary>Tells a gateway that begins to listen where its stream stands: an answer may have been lost with the last connection.</summary>
    private Task Subscribed(ClientSubscribedTopicEventArgs e) =>
        _book.Find(e.ClientId) is { Stream: { } stream, Contiguous: > 0 and var contiguous }
            ? Answer(e.ClientId, new StoredAnswer(stream, contiguous, [], []))
            : Task.CompletedTask;

    private static string Shown(string? topic) => topic is { Length: > 80 } ? string.Concat(topic.AsSpan(0, 80), "…") : topic ?? "";
}
