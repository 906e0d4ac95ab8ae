using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using IotGateway.Cloud.Ingest.Commit;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// Outcomes that the acknowledgements of one connection's messages wait for. Keyed by the MQTT packet identifier, so it does not depend on
/// the order in which acknowledgements leave; a new connection of the same client begins an empty one.
/// </summary>
internal sealed class PendingAcks
{
    private readonly ConcurrentDictionary<ushort, Task<Outcome>> _waiting = new();

    /// <summary>Messages that wait for their acknowledgement.</summary>
    public int Count => _waiting.Count;

    /// <summary>Notes what the message's acknowledgement waits for and by which its code is chosen.</summary>
    public void Add(ushort packet, Task<Outcome> outcome) => _waiting[packet] = outcome;

    /// <summary>Takes what the acknowledgement waits for; false when nothing is known of the message, and it must not leave.</summary>
    public bool TryTake(ushort packet, [NotNullWhen(true)] out Task<Outcome>? outcome) => _waiting.TryRemove(packet, out outcome);
}
