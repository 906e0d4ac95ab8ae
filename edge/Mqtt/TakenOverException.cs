using IotGateway.Hosting;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Mqtt;

/// <summary>
/// End of a connection because another client has come under the same name (MQTT 5, reason 0x8E), as after a disk was copied. Coming back
/// at once would only end the other's, and so on for ever, so the wait is long from the first time on.
/// </summary>
internal sealed class TakenOverException(string client, Exception? cause = null) : MqttCommunicationException(
    $"another client has taken the name '{client}'; two gateways with one identity, as from a copied disk, end each other's connections",
    cause)
{
    /// <summary>The wait before the next try: two and a half to five minutes.</summary>
    public static TimeSpan Wait(double random) => Backoff.Longest * (0.5 + (random / 2));

    /// <summary>Does an exception tell of it?</summary>
    public static bool Is(Exception e) =>
        e is MqttClientUnexpectedDisconnectReceivedException { ReasonCode: MQTTnet.Protocol.MqttDisconnectReasonCode.SessionTakenOver };

    /// <summary>Does the end of a connection tell of it?</summary>
    public static bool Is(MqttClientDisconnectedEventArgs e) => e.Reason == MqttClientDisconnectReason.SessionTakenOver;
}
