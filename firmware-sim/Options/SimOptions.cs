using System.Net;
using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.Script;

namespace IotGateway.FirmwareSim.Options;

/// <summary>The command line, read. SimCommand has each one's meaning and default.</summary>
/// <param name="Until">Exclusive.</param>
/// <param name="Hives">Tag numbers; null = all.</param>
internal sealed record SimOptions(
    string Recordings,
    double Speed,
    IPAddress Listen,
    int MqttPort,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    IReadOnlyList<int>? Hives,
    int Synthetic,
    string? LedgerFile,
    NetworkServerKind NetworkServer,
    FieldSettings Field)
{
    /// <summary>Colonies that the colony model lives, each with a node.</summary>
    public int Colonies { get; init; }

    /// <summary>File for their truth; null for none.</summary>
    public string? TruthFile { get; init; }
}
