namespace IotGateway.Cloud.Lake;

internal sealed record ErasureRecord(string DeviceSha256);
