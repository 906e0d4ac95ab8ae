using IotGateway.FirmwareSim.NetworkServers;

namespace IotGateway.FirmwareSim.Script;

internal enum TransmissionKind
{
    Up,
    Lost,
    Bad,
    Join,
    Status,
}

/// <summary>One thing that happens in the field: what the ledger says of it, then what is published.</summary>
/// <param name="Time">Simulated time at which it is due.</param>
internal sealed record Transmission(TransmissionKind Kind, DateTimeOffset Time, LedgerLine? Ledger, IReadOnlyList<MqttEvent> Messages);
