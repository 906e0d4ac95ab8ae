using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Forecasts.Documents;

/// <summary>Document said of a subject at a time.</summary>
/// <param name="Time">What it was said as of, UTC, whole milliseconds; unique in its series.</param>
/// <param name="Devices">The devices from whose readings it was made: with their data it is erased.</param>
/// <param name="Json">UTF-8.</param>
internal sealed record TimedDocument(DateTimeOffset Time, IReadOnlyList<DeviceId> Devices, byte[] Json);

/// <summary>
/// Documents in series by subject and time, never rewritten: of several that write one time, the first is the one that said it. Kept where
/// the observations are, by LiteDB beside the process or in DynamoDB for all processes; states, forecasts and scores lie in it.
/// </summary>
internal interface ITimedDocuments
{
    /// <summary>Adds documents; a time that has one keeps it.</summary>
    /// <returns>How many were new.</returns>
    Task<int> AddAsync(SubjectId subject, string series, IReadOnlyList<TimedDocument> documents, CancellationToken cancellation);

    /// <summary>The newest document; null before the first.</summary>
    Task<TimedDocument?> NewestAsync(SubjectId subject, string series, CancellationToken cancellation);

    /// <summary>
    /// Documents with <paramref name="from"/> ≤ time &lt; <paramref name="to"/>, ascending, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<TimedDocument>> RangeAsync(
        SubjectId subject, string series, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellation);

    /// <summary>
    /// Counts the documents, of whatever subject, that were made from a device's readings, and deletes them when told to.
    /// </summary>
    Task<long> EraseAsync(DeviceId device, bool delete, CancellationToken cancellation);

    /// <summary>Counts all documents of a time before another, and deletes them when told to.</summary>
    Task<long> ForgetAsync(DateTimeOffset before, bool delete, CancellationToken cancellation);
}
