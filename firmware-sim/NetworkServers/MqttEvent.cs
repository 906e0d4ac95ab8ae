namespace IotGateway.FirmwareSim.NetworkServers;

/// <summary>One message for the broker.</summary>
internal sealed record MqttEvent(string Topic, byte[] Payload);
