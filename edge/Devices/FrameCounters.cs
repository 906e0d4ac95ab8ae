using IotGateway.Edge.Decode;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Devices;

/// <summary>
/// Follows each node's frame counter: a jump is frames that nobody heard, or that are late. A bounded number of nodes is known; beyond, the
/// one that was silent the longest is forgotten.
/// </summary>
internal sealed class FrameCounters
{
    /// <summary>Most nodes known; a LoRaWAN gateway serves a few thousand.</summary>
    public const int MostNodes = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<DeviceId, LinkedListNode<Followed>> _nodes = [];
    private readonly LinkedList<Followed> _bySilence = new();
    private long _forgotten;

    /// <summary>A part of the nodes, in the order of their DevEUI.</summary>
    public NodePage Page(int from, int most)
    {
        lock (_gate)
        {
            var page = _bySilence.Select(n => n.State).OrderBy(n => n.DevEui).Skip(from).Take(most);
            return new NodePage([.. page], from, _nodes.Count, _forgotten);
        }
    }

    /// <summary>Number of a node's joins that were heard since the start.</summary>
    public int SessionOf(DeviceId node)
    {
        lock (_gate)
            return _nodes.TryGetValue(node, out var known) ? known.Value.Session : 0;
    }

    /// <summary>Notes a new frame and answers how many were missed before it; -1 for a late one that was counted as missed.</summary>
    /// <param name="uplink">The frame. Another address than before, or a join, begins a session, which misses none.</param>
    /// <param name="heard">When it was heard, by the event's own time where it tells one.</param>
    /// <param name="received">When it arrived here.</param>
    public long Note(Uplink uplink, DateTimeOffset heard, DateTimeOffset received)
    {
        lock (_gate)
        {
            var node = Find(uplink.DevEui, heard, received);
            var state = node.Value.State;
            var address = uplink.DevAddr.Length > 0 ? uplink.DevAddr : state.DevAddr;
            var (counter, missed) = Follow(node.Value, address, uplink.FCnt, heard);
            node.Value = node.Value with
            {
                Counter = counter,
                State = state with
                {
                    DevAddr = address,
                    FCnt = counter?.Newest,
                    Received = state.Received + 1,
                    Missed = state.Missed + missed,
                    Rssi = uplink.Rssi ?? state.Rssi,
                    LastHeard = Later(state.LastHeard, heard),
                    LastReceived = received,
                    LastEvent = "up",
                },
            };
            return missed;
        }
    }

    /// <summary>Notes other news of a node where the node spoke: a server's log or a radio gateway's word hears nobody.</summary>
    public void Note(DeviceEvent happened, DateTimeOffset heard, DateTimeOffset received)
    {
        if (happened.Kind is not ("join" or "status" or "ack"))
            return;
        lock (_gate)
        {
            var node = Find(happened.DevEui, heard, received);
            var (state, join) = (node.Value.State, happened.Kind == "join");
            node.Value = node.Value with
            {
                Session = node.Value.Session + (join ? 1 : 0),
                Counter = join ? null : node.Value.Counter,
                State = state with
                {
                    BatteryPercent = happened.Kind == "status" ? happened.BatteryPercent : state.BatteryPercent,
                    LastHeard = Later(state.LastHeard, heard),
                    LastReceived = received,
                    LastEvent = happened.Kind,
                },
            };
        }
    }

    private static (SessionCounter? Counter, long Missed) Follow(Followed node, string address, long? counter, DateTimeOffset heard)
    {
        if (counter is not { } told)
            return (node.Counter, 0);
        return node.Counter is { } known && node.State.DevAddr == address
            ? known.With(told, heard)
            : (SessionCounter.Begin(told, heard), 0);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>The node, now the one heard last.</summary>
    private LinkedListNode<Followed> Find(DeviceId eui, DateTimeOffset heard, DateTimeOffset received)
    {
        if (_nodes.TryGetValue(eui, out var node))
        {
            _bySilence.Remove(node);
        }
        else
        {
            if (_nodes.Count >= MostNodes)
            {
                _nodes.Remove(_bySilence.First!.Value.State.DevEui);
                _bySilence.RemoveFirst();
                _forgotten++;
            }

            node = new LinkedListNode<Followed>(new Followed(new NodeState(eui, "", null, 0, 0, null, null, heard, received, ""), null, 0));
            _nodes.Add(eui, node);
        }

        _bySilence.AddLast(node);
        return node;
    }

    /// <summary>A node, its counter in this session, and the sessions that began with a join.</summary>
    private sealed record Followed(NodeState State, SessionCounter? Counter, int Session);
}
