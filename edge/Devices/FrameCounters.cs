using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Devices;

/// <summary>Knowledge of a node's radio.</summary>
internal sealed record NodeState(
    DeviceId DevEui, string DevAddr, long FCnt, long Received, long Missed, int? Rssi, double? BatteryPercent, DateTimeOffset LastSeen,
    string LastEvent);

/// <summary>Follows each node's frame counter: a jump is frames that nobody heard, or that are late.</summary>
internal sealed class FrameCounters
{
    /// <summary>Frames that a late one may be behind the newest.</summary>
    private const int Window = 64;

    private readonly ConcurrentDictionary<DeviceId, Followed> _nodes = new();

    public IReadOnlyList<NodeState> All() => [.. _nodes.Values.Select(n => n.State).OrderBy(n => n.DevEui)];

    /// <summary>
    /// Notes a new frame and answers how many were missed before it; -1 for a late one that was counted as missed. A lower counter that
    /// is not missing, or another address, is a new session and misses none.
    /// </summary>
    public long Note(Uplink uplink, DateTimeOffset received)
    {
        var missed = 0L;
        _nodes.AddOrUpdate(
            uplink.DevEui,
            _ => new Followed(
                new NodeState(uplink.DevEui, uplink.DevAddr, uplink.FCnt, 1, 0, uplink.Rssi, null, received, "up"), ulong.MaxValue),
            (_, node) =>
            {
                (var newest, var heard, missed) = Follow(node, uplink);
                return new Followed(
                    node.State with
                    {
                        DevAddr = uplink.DevAddr,
                        FCnt = newest,
                        Received = node.State.Received + 1,
                        Missed = node.State.Missed + missed,
                        Rssi = uplink.Rssi ?? node.State.Rssi,
                        LastSeen = received,
                        LastEvent = "up",
                    },
                    heard);
            });
        return missed;
    }

    public void Note(DeviceEvent happened, DateTimeOffset received) => _nodes.AddOrUpdate(
        happened.DevEui,
        _ => new Followed(
            new NodeState(happened.DevEui, "", 0, 0, 0, null, happened.BatteryPercent, received, happened.Kind), ulong.MaxValue),
        (_, node) => node with
        {
            State = node.State with
            {
                BatteryPercent = happened.BatteryPercent ?? node.State.BatteryPercent,
                LastSeen = received,
                LastEvent = happened.Kind,
            },
        });

    private static (long Newest, ulong Heard, long Missed) Follow(Followed node, Uplink uplink)
    {
        var ahead = uplink.FCnt - node.State.FCnt;
        if (node.State.DevAddr != uplink.DevAddr)
            return (uplink.FCnt, ulong.MaxValue, 0);
        if (ahead > 0)
            return (uplink.FCnt, ahead > Window ? 0 : Shift(node.Heard, (int)ahead) | (1UL << (int)(ahead - 1)), ahead - 1);

        var late = -ahead;
        if (late is >= 1 and <= Window && (node.Heard & (1UL << (int)(late - 1))) == 0)
            return (node.State.FCnt, node.Heard | (1UL << (int)(late - 1)), -1);
        return (uplink.FCnt, ulong.MaxValue, 0);
    }

    private static ulong Shift(ulong heard, int by) => by >= Window ? 0 : heard << by;

    /// <summary>
    /// A node, and which of the frames before its newest were heard: the lowest bit is the one just before. What lies before the first
    /// frame counts as heard.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Followed(NodeState State, ulong Heard);
}
