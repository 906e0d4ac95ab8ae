using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.NetworkServers.ChirpStack;

/// <summary>The simulated server's one tenant with one application and one device profile. The ids are arbitrary but fixed.</summary>
internal static class Tenancy
{
    public const string ApplicationId = "6d1c8f0e-3b52-4c1a-9a0f-5e2d7c84b310";

    private const string TenantId = "b27a9f64-0c1e-4d0b-8a55-90f3d1c6e721";
    private const string DeviceProfileId = "c94e5b12-77d8-4f3e-b6a1-1f08e2d93a46";

    public static DeviceInfo Describe(NodeIdentity node) => new()
    {
        TenantId = TenantId,
        TenantName = "IotGateway field simulator",
        ApplicationId = ApplicationId,
        ApplicationName = "Apiary",
        DeviceProfileId = DeviceProfileId,
        DeviceProfileName = "hive-node-v1",
        DeviceName = node.Name,
        DevEui = node.DevEui.Hex,
        DeviceClassEnabled = "CLASS_A",
        Tags = new() { ["origin"] = node.Origin },
    };

    /// <summary>Topic of a device's events of one kind.</summary>
    /// <param name="kind"><c>up</c>, <c>join</c> or <c>status</c>.</param>
    public static string Topic(DevEui devEui, string kind) => $"application/{ApplicationId}/device/{devEui.Hex}/event/{kind}";
}
