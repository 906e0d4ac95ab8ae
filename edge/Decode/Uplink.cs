using IotGateway.Telemetry;

namespace IotGateway.Edge.Decode;

/// <summary>A LoRaWAN uplink as a network server reports it, before its payload is read.</summary>
/// <param name="DevEui">The node, lower-case hex.</param>
/// <param name="DevAddr">Its address in this session; changes with a join. Empty when the server does not say.</param>
/// <param name="FCnt">Its frame counter; 0 when the server leaves it out.</param>
/// <param name="FPort">Its port; 0 when the server leaves it out.</param>
/// <param name="Payload">The decrypted application payload.</param>
/// <param name="NetworkTime">When the server received it; null when it does not say.</param>
/// <param name="Gateways">How many radio gateways heard it.</param>
/// <param name="Rssi">Strength at the best of them, dBm; null when unknown.</param>
/// <param name="Synthetic">Whether the server says that a simulation drew it.</param>
internal sealed record Uplink(
    DeviceId DevEui, string DevAddr, long FCnt, int FPort, ReadOnlyMemory<byte> Payload, DateTimeOffset? NetworkTime, int Gateways, int? Rssi, bool Synthetic);

/// <summary>What else a network server tells of a node.</summary>
/// <param name="DevEui">The node.</param>
/// <param name="Kind"><c>join</c>, <c>status</c> or another event's name.</param>
/// <param name="BatteryPercent">Charge, with a status event that knows it.</param>
internal sealed record DeviceEvent(DeviceId DevEui, string Kind, double? BatteryPercent);
