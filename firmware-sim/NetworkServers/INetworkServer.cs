namespace IotGateway.FirmwareSim.NetworkServers;

/// <summary>A network server's events about one node, in its own dialect.</summary>
internal interface INetworkServer
{
    /// <summary>Topic of the node's uplinks.</summary>
    string UplinkTopic { get; }

    /// <summary>The events of one received frame, as often as it is published; none for a lost one.</summary>
    /// <param name="data">The payload as base64, or whatever text stands where base64 is due.</param>
    IReadOnlyList<MqttEvent> Up(DateTimeOffset second, string devAddr, uint fCnt, string data, Reception reception);

    /// <summary>The event of a node that has joined.</summary>
    MqttEvent Join(DateTimeOffset second, long delayNanoseconds, Guid id, string devAddr);

    /// <summary>The event of a node that has told of its battery and link.</summary>
    MqttEvent Status(DateTimeOffset second, long delayNanoseconds, Guid id, int marginDecibels, double batteryPercent);
}
