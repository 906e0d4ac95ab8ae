using System.Net;
using System.Net.Sockets;
using IotGateway.FirmwareSim.NetworkServers;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotGateway.FirmwareSim.Broker;

/// <summary>The network server's MQTT side: a broker with persistent sessions that never drops a QoS 1 message.</summary>
internal sealed class FieldBroker : IAsyncDisposable
{
    /// <summary>Time for which a client that neither reads nor answers holds up its own successor.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly MqttServer _server;
    private readonly NetworkServerKind _network;
    private readonly TakeoverGuard _takeovers;
    private readonly SessionExpiry _expiry;

    private FieldBroker(MqttServer server, NetworkServerKind network, TimeProvider time)
    {
        _server = server;
        _network = network;
        _takeovers = new TakeoverGuard(server);
        _expiry = new SessionExpiry(server, time);
        Queues = new SubscriberQueues(network.TopicRoot, time);
    }

    public SubscriberQueues Queues { get; }

    /// <exception cref="SocketException">The port is taken or may not be used.</exception>
    public static async Task<FieldBroker> StartAsync(IPAddress address, int port, NetworkServerKind network, TimeProvider time)
    {
        var v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(port)
            .WithDefaultEndpointBoundIPAddress(v6 ? IPAddress.None : address)
            .WithDefaultEndpointBoundIPV6Address(v6 ? address : IPAddress.None)
            .WithDefaultCommunicationTimeout(Patience)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(int.MaxValue) // the queues are bounded by SubscriberQueues, which waits instead of dropping
            .Build();

        var broker = new FieldBroker(new MqttServerFactory().CreateMqttServer(options), network, time);
        broker.Listen();
        await broker._server.StartAsync();
        return broker;
    }

    /// <summary>Queues a QoS 1 message in every session that subscribed to it.</summary>
    public Task PublishAsync(MqttEvent message, CancellationToken cancellation) => _takeovers.PublishAsync(
        new InjectedMqttApplicationMessage(new MqttApplicationMessage
        {
            Topic = message.Topic,
            PayloadSegment = message.Payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        })
        { SenderClientId = _network.Name },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_server.IsStarted)
            await _server.StopAsync();
        _server.Dispose();
        _takeovers.Dispose();
    }

    private void Listen()
    {
        _server.ValidatingConnectionAsync += async e =>
        {
            if (string.IsNullOrEmpty(e.ClientId))
            {
                e.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
                return;
            }

            await _takeovers.LetInAsync(e.ClientId);
            _expiry.Connecting(e.ClientId, e.SessionExpiryInterval);
            Queues.Connecting(e.ClientId, e.CleanSession ?? false, e.ReceiveMaximum);
        };
        _server.ClientConnectedAsync += e => DoneAsync(() => _takeovers.Connected(e.ClientId));
        _server.ClientDisconnectedAsync += e => DoneAsync(() =>
        {
            _expiry.Disconnected(e.ClientId, e.SessionExpiryInterval);
            _takeovers.Disconnected(e.ClientId);
        });
        _server.ClientSubscribedTopicAsync += e => DoneAsync(() => Queues.Subscribed(e.ClientId, e.TopicFilter));
        _server.ClientUnsubscribedTopicAsync += e => DoneAsync(() => Queues.Unsubscribed(e.ClientId, e.TopicFilter));
        _server.SessionDeletedAsync += e => DoneAsync(() => Queues.Deleted(e.Id));
        _server.InterceptingClientEnqueueAsync += e => DoneAsync(() => Queues.Queued(e.ReceiverClientId, e.ApplicationMessage.Topic));
        _server.ClientAcknowledgedPublishPacketAsync += e => DoneAsync(() => Queues.Acknowledged(e.ClientId));
        _server.InterceptingOutboundPacketAsync += e => DoneAsync(() =>
        {
            if (e.Packet is MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce })
                Queues.Written(e.ClientId);
        });
    }

    private static Task DoneAsync(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
