using IotGateway.Edge.Buffer;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Problems;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;

namespace IotGateway.Edge.Status;

/// <summary>The rooms' states in one view, and the problems that they report.</summary>
internal sealed class StatusReport(
    GatewayOptions gateway, GatewayReport report, GatewayRooms rooms, GatewayClock clock, Counters counters,
    IEnumerable<IProblems> problems)
{
    public StatusView Now()
    {
        var letters = rooms.DeadLetters.ByReason();
        return new StatusView(
            gateway.Name, GatewayReport.Version, clock.Now(), report.Started, rooms.Sources.All(), rooms.Buffer.Status,
            rooms.Buffer.PendingLosses,
            rooms.Forwarding.State, clock.State, rooms.Fleet.State, letters.Values.Sum(), letters, rooms.Objects.State,
            rooms.ObjectOutbox.State,
            rooms.Nodes.All(), counters.Snapshot(), [.. problems.SelectMany(p => p.Problems())]);
    }
}

/// <summary>The rooms whose states the view shows.</summary>
internal sealed record GatewayRooms(
    SourceStates Sources, BatchBuffer Buffer, ForwardingStatus Forwarding, DeadLetters DeadLetters, FleetStatus Fleet, ObjectStatus Objects,
    ObjectOutbox ObjectOutbox, FrameCounters Nodes);
