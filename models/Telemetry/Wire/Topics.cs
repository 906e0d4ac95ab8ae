namespace IotGateway.Telemetry.Wire;

/// <summary>
/// The MQTT topics between one gateway and its cloud: three levels, the gateway's name in the second, so that a policy by client id
/// covers them. Within AWS IoT Core's limits (at most 7 slashes and 256 bytes).
/// </summary>
public static class Topics
{
    /// <summary>Gateway to cloud: a <see cref="Batch"/>, QoS 1.</summary>
    public static string Batch(string gateway) => $"dt/{gateway}/batch";

    /// <summary>Gateway to cloud: a <see cref="GatewayStatus"/>, QoS 0, several a minute.</summary>
    public static string Status(string gateway) => $"dt/{gateway}/status";

    /// <summary>Cloud to gateway: a <see cref="StoredAnswer"/>, QoS 1.</summary>
    public static string Stored(string gateway) => $"cmd/{gateway}/stored";
}
