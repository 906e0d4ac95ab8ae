using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.NetworkServers.ChirpStack;

namespace IotGateway.FirmwareSim;

/// <summary>All kinds of network server, a line each; the first is the default.</summary>
internal static class NetworkServerKinds
{
    public static IReadOnlyList<NetworkServerKind> All { get; } =
    [
        ChirpStackServer.Kind,
    ];

    public static string Names => string.Join(", ", All.Select(k => k.Name));

    public static bool TryFind(string name, out NetworkServerKind kind)
    {
        kind = All.FirstOrDefault(k => k.Name.Equals(name, StringComparison.Ordinal)) ?? All[0];
        return kind.Name.Equals(name, StringComparison.Ordinal);
    }
}
