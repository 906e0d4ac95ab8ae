using System.Globalization;
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
    /// <summary>Most nodes, counters and reasons shown at once; of the nodes the next part can be asked for.</summary>
    public const int Most = 100;

    private const int MostCounters = 500;

    /// <summary>The view now.</summary>
    /// <param name="nodesFrom">Nodes to pass over.</param>
    public StatusView Now(int nodesFrom = 0)
    {
        var letters = rooms.DeadLetters.ByReason();
        return new StatusView(
            gateway.Name, GatewayReport.Version, clock.Now(), report.Started, rooms.Sources.All(), rooms.Buffer.Status,
            rooms.Buffer.PendingLosses,
            rooms.Forwarding.State, clock.State, rooms.Fleet.State, letters.Values.Sum(), First(letters, Most),
            rooms.Objects.State, rooms.ObjectOutbox.State, rooms.Nodes.Page(nodesFrom, Most), First(counters.Snapshot(), MostCounters),
            [.. problems.SelectMany(p => p.Problems()).Take(Most)]);
    }

    /// <summary>The view now, with the part of the nodes that is asked for (<c>?nodes=100</c>: those behind the first hundred).</summary>
    public StatusView For(HttpRequest request) =>
        Now(int.TryParse(request.Query["nodes"], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0);

    private static IReadOnlyDictionary<string, T> First<T>(IReadOnlyDictionary<string, T> all, int most) =>
        all.Count <= most ? all : all.Take(most).ToDictionary(StringComparer.Ordinal);
}

/// <summary>The rooms whose states the view shows.</summary>
internal sealed record GatewayRooms(
    SourceStates Sources, BatchBuffer Buffer, ForwardingStatus Forwarding, DeadLetters DeadLetters, FleetStatus Fleet, ObjectStatus Objects,
    ObjectOutbox ObjectOutbox, FrameCounters Nodes);
