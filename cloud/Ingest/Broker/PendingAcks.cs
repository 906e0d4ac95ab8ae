using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// What each message of one connection waits for before its acknowledgement may leave. Keyed by the MQTT packet identifier, so it does
/// not depend on the order in which acknowledgements leave; a new connection of the same client begins an empty one.
/// </summary>
internal sealed class PendingAcks
{
    private readonly ConcurrentDictionary<ushort, Task<MqttPubAckReasonCode>> _waiting = new();

    /// <summary>Notes what the message's acknowledgement waits for and with which code it then leaves.</summary>
    public void Add(ushort packet, Task<MqttPubAckReasonCode> outcome) => _waiting[packet] = outcome;

    /// <summary>Takes what the acknowledgement waits for; false when nothing is known of the message, and it must not leave.</summary>
    public bool TryTake(ushort packet, [NotNullWhen(true)] out Task<MqttPubAckReasonCode>? outcome) => _waiting.TryRemove(packet, out outcome);
}
