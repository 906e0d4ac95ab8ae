using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Observations;

/// <summary>Readings of a subject, each metric from the device that speaks for it.</summary>
internal static class SubjectReadings
{
    /// <summary>The series of a subject with their newest values, by metric; empty for one never heard.</summary>
    public static async Task<IReadOnlyList<Series>> LatestAsync(this IObservations store, Subject subject, CancellationToken cancellation)
    {
        var all = new List<Series>();
        foreach (var (device, _, _) in subject.Devices)
            all.AddRange((await store.LatestAsync(device, cancellation)).Where(s => subject.DeviceFor(s.Metric) == device));
        if (subject.Devices.Count > 1)
            all.Sort((a, b) => string.CompareOrdinal(a.Metric, b.Metric));
        return all;
    }

    /// <inheritdoc cref="IObservations.RangeAsync"/>
    public static async Task<IReadOnlyList<Observation>> RangeAsync(
        this IObservations store, Subject subject, string metric, DateTimeOffset from, DateTimeOffset to, int limit,
        CancellationToken cancellation) =>
        subject.DeviceFor(metric) is { } device ? await store.RangeAsync(device, metric, from, to, limit, cancellation) : [];

    /// <inheritdoc cref="IObservations.BucketsAsync"/>
    public static async Task<IReadOnlyList<Bucket>> BucketsAsync(
        this IObservations store, Subject subject, string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan width,
        CancellationToken cancellation) =>
        subject.DeviceFor(metric) is { } device ? await store.BucketsAsync(device, metric, from, to, width, cancellation) : [];
}
