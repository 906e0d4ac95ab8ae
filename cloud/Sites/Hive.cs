using IotGateway.Telemetry;

namespace IotGateway.Cloud.Sites;

/// <summary>A colony in its box, at a site, measured by a device.</summary>
internal sealed record Hive(string Id, string Name, DeviceId Device, Site Site);
