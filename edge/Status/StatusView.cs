using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Sources.Contract;

namespace IotGateway.Edge.Status;

/// <summary>All that the status page and <c>/status.json</c> show.</summary>
internal sealed record StatusView(
    string Gateway,
    string Version,
    DateTimeOffset Now,
    DateTimeOffset Started,
    IReadOnlyList<SourceState> Sources,
    BufferStatus Buffer,
    IReadOnlyList<LossRecord> UnreportedLosses,
    ForwardingState Forwarding,
    ClockState Clock,
    FleetState Fleet,
    int DeadLetters,
    IReadOnlyDictionary<string, int> DeadLettersByReason,
    ObjectsState Objects,
    OutboxState ObjectOutbox,
    NodePage Nodes,
    IReadOnlyDictionary<string, long> Counters,
    IReadOnlyList<string> Problems);
