using System.Net;
using System.Net.Sockets;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>Address by which unknown clients are counted.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>An IPv4 address; of IPv6 the network (/64), all of which is one customer's; empty for what has none.</summary>
    public static string Of(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)) + "::/64"
            : address.ToString();
    }
}
