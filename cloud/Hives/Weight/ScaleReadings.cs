using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Science.Hive.Weight;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Weight;

/// <summary>Readings of hives' scales, as they lie in the hot store.</summary>
internal static class ScaleReadings
{
    /// <summary>Of more readings than this the means of hours are taken: one every two minutes for 60 days.</summary>
    private const int Most = 50_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Readings that can be real from a time up to another, ascending; empty where no scale spoke for the hive.</summary>
    public static async Task<IReadOnlyList<ScaleReading>> ReadAsync(
        IObservations store, Subject hive, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var known = Metrics.Find(Metrics.Weight)!;
        var end = Web.Parameters.After(to, TimeSpan.FromMilliseconds(1));
        var found = await store.RangeAsync(hive, Metrics.Weight, from, end, Most + 1, cancellation);
        if (found.Count <= Most)
            return [.. found.Where(o => o.IsUsable(known)).Select(o => new ScaleReading(o.Time, o.Value))];
        var hours = await store.BucketsAsync(hive, Metrics.Weight, WholeHour(from) + Hour, WholeHour(end), Hour, cancellation);
        return
        [
            .. hours.Where(b => b.Min >= known.Min && b.Max <= known.Max).Select(b => new ScaleReading(b.From + (Hour / 2), b.Mean)),
        ];
    }

    private static DateTimeOffset WholeHour(DateTimeOffset time) => new(
        time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
