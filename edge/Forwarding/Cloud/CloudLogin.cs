using IotGateway.Edge.Identity;
using IotGateway.Edge.Settings;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>
/// Connects with the identity whose turn it is, and keeps it when that goes well; gets one by claim when there is none. Connected is who
/// may hear the stored answer, too.
/// </summary>
internal sealed class CloudLogin(
    ForwardingOptions options, GatewayOptions gateway, IdentityFolder identities, Func<CancellationToken, Task<GatewayIdentity>> claim)
{
    /// <exception cref="MqttCommunicationException">The broker answers no.</exception>
    public async Task<MqttClientConnectResult> ConnectAsync(IMqttClient client, CancellationToken cancellation)
    {
        var connected = false;
        try
        {
            var identity = identities.Choose() ?? await claim(cancellation);
            using var certificate = identity.Load();
            var connection = CloudConnection.Options(options, certificate, gateway.Name, keepSession: true);
            var answer = await CloudConnection.ConnectAsync(client, connection, cancellation);
            if (await CloudConnection.SubscribeAsync(client, [Topics.Stored(gateway.Name)], cancellation) is { Count: > 0 })
                throw new MqttCommunicationException($"the broker refused the subscription to {Topics.Stored(gateway.Name)}");
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
}
