using System.Collections.Concurrent;
using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Validate;

/// <summary>What is known of a node's radio.</summary>
internal sealed record NodeState(
    DeviceId DevEui, string DevAddr, long FCnt, long Received, long Missed, int? Rssi, double? BatteryPercent, DateTimeOffset LastSeen, string LastEvent);

/// <summary>Follows each node's frame counter: a jump is frames that nobody heard.</summary>
internal sealed class FrameCounters
{
    private readonly ConcurrentDictionary<DeviceId, NodeState> _nodes = new();

    public IReadOnlyList<NodeState> All() => [.. _nodes.Values.OrderBy(n => n.DevEui)];

    /// <summary>Notes a new frame and answers how many were missed before it. A lower counter or another address is a new session and misses none.</summary>
    public long Note(Uplink uplink, DateTimeOffset received)
    {
        var missed = 0L;
        _nodes.AddOrUpdate(
            uplink.DevEui,
            _ => new NodeState(uplink.DevEui, uplink.DevAddr, uplink.FCnt, 1, 0, uplink.Rssi, null, received, "up"),
            (_, node) =>
            {
                missed = node.DevAddr == uplink.DevAddr && uplink.FCnt > node.FCnt ? uplink.FCnt - node.FCnt - 1 : 0;
                return node with
                {
                    DevAddr = uplink.DevAddr, FCnt = uplink.FCnt, Received = node.Received + 1, Missed = node.Missed + missed,
                    Rssi = uplink.Rssi ?? node.Rssi, LastSeen = received, LastEvent = "up",
                };
            });
        return missed;
    }

    public void Note(DeviceEvent happened, DateTimeOffset received) => _nodes.AddOrUpdate(
        happened.DevEui,
        _ => new NodeState(happened.DevEui, "", 0, 0, 0, null, happened.BatteryPercent, received, happened.Kind),
        (_, node) => node with { BatteryPercent = happened.BatteryPercent ?? node.BatteryPercent, LastSeen = received, LastEvent = happened.Kind });
}
