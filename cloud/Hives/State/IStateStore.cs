using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>
/// What was said of each hive, under the device whose readings it was said from, one run an hour, never rewritten: what was said then stays
/// what was said then. Kept where the observations are: by LiteDB beside the process, or in DynamoDB for all processes.
/// </summary>
internal interface IStateStore
{
    /// <summary>Adds runs; an hour that has one keeps it, whoever said it.</summary>
    /// <returns>How many were new.</returns>
    Task<int> AddAsync(DeviceId device, IReadOnlyList<HiveState> runs, CancellationToken cancellation);

    /// <summary>The newest run; null before the first.</summary>
    Task<HiveState?> NewestAsync(DeviceId device, CancellationToken cancellation);

    /// <summary>Runs with <paramref name="from"/> ≤ as-of &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<HiveState>> RangeAsync(DeviceId device, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation);

    /// <summary>Counts a device's runs before a time, and deletes them when told to.</summary>
    Task<long> ForgetAsync(DeviceId device, DateTimeOffset before, bool delete, CancellationToken cancellation);
}
