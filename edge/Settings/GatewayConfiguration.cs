using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Settings;

/// <summary>The gateway's configuration and the sections that it has.</summary>
internal static class GatewayConfiguration
{
    private static readonly string[] Sections =
        [
            "Gateway", "Sources", "Devices", "Buffer", "Forwarding", "Clock", "Fleet", "Objects", "Thresholds", "Urls", "Logging",
            "AllowedHosts", "Kestrel",
        ];

    public static void AddGatewayConfiguration(this IConfigurationBuilder configuration, string[] args) =>
        configuration.AddFileAndArguments(args, Sections);
}
