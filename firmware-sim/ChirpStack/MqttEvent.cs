namespace IotGateway.FirmwareSim.ChirpStack;

/// <summary>One message for the broker.</summary>
internal sealed record MqttEvent(string Topic, byte[] Payload);
