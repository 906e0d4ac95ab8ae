using System.Security.Cryptography.X509Certificates;
using IotGateway.Edge.Mqtt;
using IotGateway.Storage.Files;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>The MQTT 5 connection to the cloud, with mutual TLS.</summary>
internal static class CloudConnection
{
    /// <summary>AWS IoT Core's own default for a session's life.</summary>
    private const uint SessionSeconds = 3600;

    /// <summary>AWS IoT Core takes no more topics in a SUBSCRIBE.</summary>
    private const int MaxTopics = 8;

    /// <summary>Time for the answer to all else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Time for the answer to a publish: on a thin line it waits behind what was sent before.</summary>
    private static readonly TimeSpan PublishPatience = TimeSpan.FromMinutes(5);

    /// <param name="forwarding">Where to.</param>
    /// <param name="certificate">What to show.</param>
    /// <param name="client">The client id; for a gateway its name.</param>
    /// <param name="keepSession">Whether the broker keeps the cloud's answers while we are away.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A PEM file cannot be read.</exception>
    public static MqttClientOptions Options(ForwardingOptions forwarding, X509Certificate2 certificate, string client, bool keepSession)
    {
        return new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(forwarding.Host, forwarding.Port)
            .WithClientId(client)
            .WithCleanStart(!keepSession)
            .WithSessionExpiryInterval(keepSession ? SessionSeconds : 0)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithTimeout(Patience)
            .WithTlsOptions(tls => tls
                .UseTls()
                .WithTargetHost(forwarding.Host)
                .WithTrustChain(PemFile.Certificates(forwarding.CaFile))
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(new X509Certificate2Collection(certificate)))
            .Build();
    }

    /// <exception cref="MqttCommunicationException">The broker answers no.</exception>
    /// <exception cref="TimeoutException">The broker does not answer.</exception>
    public static async Task<MqttClientConnectResult> ConnectAsync(
        IMqttClient client, MqttClientOptions options, CancellationToken cancellation)
    {
        var connected = await MqttCall.WithinAsync(
            client, "CONNECT", options.Timeout, TimeProvider.System, token => client.ConnectAsync(options, token), cancellation);
        if ((int)connected.ResultCode is 1 or (int)MqttClientConnectResultCode.UnsupportedProtocolVersion)
            throw new MqttCommunicationException("the broker does not speak MQTT 5, by which alone the cloud is spoken to");
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"the broker answered {connected.ResultCode} {connected.ReasonString}");
        return connected;
    }

    public static MqttApplicationMessage Message(string topic, byte[] payload, MqttQualityOfServiceLevel quality) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(quality).Build();

    /// <exception cref="MqttCommunicationException">The connection ended.</exception>
    /// <exception cref="TimeoutException">The broker does not answer, or takes nothing any more.</exception>
    public static Task<MqttClientPublishResult> PublishAsync(
        IMqttClient client, MqttApplicationMessage message, CancellationToken cancellation) =>
        MqttCall.WithinAsync(
            client, "PUBLISH", PublishPatience, TimeProvider.System, token => client.PublishAsync(message, token), cancellation);

    /// <summary>Subscribes at QoS 1.</summary>
    /// <returns>The topics that the broker refused.</returns>
    public static async Task<IReadOnlyList<string>> SubscribeAsync(
        IMqttClient client, IEnumerable<string> topics, CancellationToken cancellation)
    {
        var refused = new List<string>();
        foreach (var some in topics.Chunk(MaxTopics))
        {
            var subscription = new MqttClientSubscribeOptions
            {
                TopicFilters = [.. some.Select(t => new MqttTopicFilterBuilder().WithTopic(t).WithAtLeastOnceQoS().Build())],
            };
            var answer = await MqttCall.WithinAsync(
                client, "SUBSCRIBE", client.Options.Timeout, TimeProvider.System, token => client.SubscribeAsync(subscription, token),
                cancellation);
            refused.AddRange(
                answer.Items.Where(i => i.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2).Select(i => i.TopicFilter.Topic));
        }

        return refused;
    }
}
