using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Visits;

/// <summary>
/// Versions of visits by hive, only ever added to and kept for good: nobody but their author can make them again. Kept by LiteDB beside
/// the process or in DynamoDB for all processes.
/// </summary>
internal interface IVisitStore
{
    /// <summary>Adds a version; one of its visit and number that stands, stays.</summary>
    /// <returns>Whether it was new.</returns>
    Task<bool> AddAsync(SubjectId hive, KeptVisit visit, CancellationToken cancellation);

    /// <summary>All versions of all visits of a hive, by visit and version, ascending.</summary>
    Task<IReadOnlyList<VisitVersion>> AllAsync(SubjectId hive, CancellationToken cancellation);

    /// <summary>Counts the versions that were written of hives with a device, and deletes them when told to.</summary>
    Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation);
}
