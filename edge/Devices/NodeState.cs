using IotGateway.Telemetry;

namespace IotGateway.Edge.Devices;

/// <summary>Knowledge of a node's radio.</summary>
/// <param name="DevEui">The node.</param>
/// <param name="DevAddr">Its address in the newest session; empty when nobody said.</param>
/// <param name="FCnt">The newest frame's counter; null before there was one.</param>
/// <param name="Received">Frames received since the start, each once.</param>
/// <param name="Missed">Frames before the newest that nobody heard.</param>
/// <param name="Rssi">Strength of the newest that told it, dBm.</param>
/// <param name="BatteryPercent">Charge by its newest status; null where it does not measure it.</param>
/// <param name="LastHeard">Time of its newest event by the event's own clock, by our own where it tells none. What waited in a queue, or
/// is kept by a broker, is old by this.</param>
/// <param name="LastReceived">Arrival of the newest here.</param>
/// <param name="LastEvent">Kind of the newest: <c>up</c>, or a <see cref="Decode.DeviceEvent"/>'s.</param>
internal sealed record NodeState(
    DeviceId DevEui, string DevAddr, long? FCnt, long Received, long Missed, int? Rssi, double? BatteryPercent, DateTimeOffset LastHeard,
    DateTimeOffset LastReceived, string LastEvent);

/// <summary>A part of the nodes, ordered by their DevEUI.</summary>
/// <param name="Nodes">The part.</param>
/// <param name="From">Nodes before it.</param>
/// <param name="Known">Nodes in all.</param>
/// <param name="Forgotten">Nodes that were given up since the start, because others were heard after them.</param>
internal sealed record NodePage(IReadOnlyList<NodeState> Nodes, int From, int Known, long Forgotten);
