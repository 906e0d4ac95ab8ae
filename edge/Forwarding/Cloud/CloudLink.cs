using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>A message from the cloud.</summary>
internal sealed record Incoming(string Topic, byte[] Payload);

/// <summary>One party's share of a connection: its messages and its way to publish.</summary>
internal sealed class CloudLink(IMqttClient client, Action<string> reconnect)
{
    private const int MaxWaiting = 100;

    /// <summary>Queue of answers to what was asked; more than these are not worth keeping.</summary>
    private readonly Channel<Incoming> _messages =
        Channel.CreateBounded<Incoming>(new BoundedChannelOptions(MaxWaiting)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.DropOldest,
        });

    public ChannelReader<Incoming> Messages => _messages.Reader;

    public void Take(MqttApplicationMessage message) => _messages.Writer.TryWrite(new Incoming(message.Topic, message.Payload.ToArray()));

    /// <summary>Publishes at QoS 1.</summary>
    /// <exception cref="PublishRefusedException">The broker refuses it: this party has no say there, the connection goes on.</exception>
    /// <exception cref="MqttCommunicationException">The connection ended.</exception>
    public async Task PublishAsync(string topic, byte[] payload, CancellationToken cancellation)
    {
        var message = CloudConnection.Message(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce);
        var result = await CloudConnection.PublishAsync(client, message, cancellation);
        if (!result.IsSuccess)
            throw new PublishRefusedException($"{topic} ({result.ReasonCode} {result.ReasonString})".Replace(
                " )", ")", StringComparison.Ordinal));
    }

    /// <summary>Ends the connection, to begin another.</summary>
    public void Reconnect(string reason) => reconnect(reason);
}
