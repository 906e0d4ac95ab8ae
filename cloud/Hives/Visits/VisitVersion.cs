using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>Version of a visit: the first as it was written, each later one a correction. None is ever changed.</summary>
/// <param name="Id">The visit's, unique in its hive: its first beginning and a mark of its first author.</param>
/// <param name="Version">From 1.</param>
/// <param name="Written">When it came, by the cloud's clock.</param>
/// <param name="Known">From when it is known, by the site's clock: what was said of times before did not have it.</param>
/// <param name="Withdrawn">The visit did not take place, or was written of the wrong hive.</param>
/// <param name="Visit">All of it, not the corrections alone.</param>
internal sealed record VisitVersion(
    string Id, int Version, DateTimeOffset Written, DateTimeOffset Known, bool Withdrawn, Visit Visit);

/// <summary>Version with the devices that the hive had when it was written: with their data it is erased.</summary>
internal sealed record KeptVisit(VisitVersion Said, IReadOnlyList<DeviceId> Devices);
