using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode;

/// <summary>
/// Content of one observed message: an <see cref="Uplink"/>, a <see cref="DeviceEvent"/>, <see cref="Measurements"/>, or
/// <see cref="Unreadable"/>. A dialect makes it of a network server's message, a driver of what its chip answers.
/// </summary>
internal abstract record Content;

/// <summary>A LoRaWAN uplink as a network server reports it, before its payload is read.</summary>
/// <param name="DevEui">The node, lower-case hex.</param>
/// <param name="DevAddr">Its address in this session; changes with a join. Empty when the server does not say.</param>
/// <param name="FCnt">Its frame counter, 0 when the server leaves it out; null when what it says is none.</param>
/// <param name="FPort">Its port; 0 when the server leaves it out.</param>
/// <param name="Payload">The decrypted application payload.</param>
/// <param name="Times">When it was received, by each clock that the event tells, the best first; some may be impossible.</param>
/// <param name="Gateways">How many radio gateways heard it.</param>
/// <param name="Rssi">Strength at the best of them, dBm; null when unknown.</param>
/// <param name="Synthetic">Whether the server says that a simulation drew it.</param>
internal sealed record Uplink(
    DeviceId DevEui, string DevAddr, long? FCnt, int FPort, ReadOnlyMemory<byte> Payload, IReadOnlyList<DateTimeOffset> Times, int Gateways,
    int? Rssi, bool Synthetic) : Content
{
    /// <summary>Reason for which its payload cannot be read; null for one that can be tried. The node was heard all the same.</summary>
    public Unreadable? Fault { get; init; }
}

/// <summary>Other news of a node that a network server tells.</summary>
/// <param name="DevEui">The node.</param>
/// <param name="Kind"><c>join</c>, <c>status</c> or another of the dialect's few names; <c>other</c> for what it does not know.</param>
/// <param name="BatteryPercent">Charge, with a status event of a node that measures it.</param>
/// <param name="Times">When it happened, as with an <see cref="Uplink"/>.</param>
internal sealed record DeviceEvent(DeviceId DevEui, string Kind, double? BatteryPercent, IReadOnlyList<DateTimeOffset> Times) : Content;

/// <summary>
/// Values that are measured already, with no payload to decode: of a chip on the gateway's pins, of a node that names its metrics.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="Samples">What it measured, each sample at a time of its own; at most one has none.</param>
/// <param name="Synthetic">Whether a simulation drew it.</param>
internal sealed record Measurements(DeviceId Device, IReadOnlyList<Sample> Samples, bool Synthetic = false) : Content;

/// <summary>A message that cannot be read, for the quarantine.</summary>
/// <param name="Reason">Short name to count by (<see cref="RefusedException.Reason"/>).</param>
/// <param name="Explanation">What was wrong and what was expected.</param>
internal sealed record Unreadable(string Reason, string Explanation) : Content;
