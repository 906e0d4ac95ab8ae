using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Forwarding;

/// <summary>Sends the gateway's status when it is due.</summary>
internal sealed class StatusSender(GatewayOptions gateway, Func<GatewayStatus> report, LiveTuning tuning, RateLimit rate, TimeProvider time)
{
    private long? _last;

    /// <summary>Begins a connection, whose first message is a status.</summary>
    public void Restart() => _last = null;

    public async Task SendDueAsync(IMqttClient client, CancellationToken cancellation)
    {
        if (_last is { } last && time.GetElapsedTime(last) < TimeSpan.FromSeconds(tuning.Now.StatusSeconds))
            return;
        _last = time.GetTimestamp();
        var status = report().ToJson();
        rate.Take(status.Length); // it counts like any other, and waits for none
        var message = CloudConnection.Message(Topics.Status(gateway.Name), status, MqttQualityOfServiceLevel.AtMostOnce);
        await CloudConnection.PublishAsync(client, message, cancellation);
    }
}
