using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>
/// A device's complete hours, each computed from its readings as they stand, never counted up: so doing it again changes nothing.
/// Of two workers that compute one hour, the one that began earlier does it again.
/// </summary>
internal sealed class HourItems(DynamoDatabase database, ReadingItems readings)
{
    public static DateTimeOffset HourOf(DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
    }

    /// <summary>Computes an hour from its readings and writes it when it differs from what stands.</summary>
    public async Task ComputeAsync(DeviceId device, DateTimeOffset hour, DateTimeOffset? expires, CancellationToken cancellation)
    {
        var key = ReadingItems.Key(DynamoTables.HoursOf(device, DynamoTables.MonthOf(hour)), hour);
        while (true)
        {
            // The version is read first: what is written stands only if nobody else read and wrote between.
            var standing = await database.GetAsync(database.Tables.Readings, key, consistent: true, cancellation);
            var metrics = await MetricsAsync(device, hour, consistent: true, cancellation);
            if (standing is null ? metrics.Count == 0 : Same(standing, metrics))
                return;

            var item = new Dictionary<string, AttributeValue>(key);
            foreach (var (metric, summary) in metrics)
                item[metric] = DynamoValue.Of(summary);
            if (expires is { } end)
                item[DynamoTables.Expires] = DynamoTables.Number(end.ToUnixTimeSeconds());
            if (await database.PutVersionAsync(database.Tables.Readings, item, standing?[DynamoTables.Version].S, cancellation))
                return;
        }
    }

    /// <summary>A month's complete hours of one metric, ascending.</summary>
    public async Task<List<Bucket>> ReadAsync(
        DeviceId device, string month, string metric, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var hours = new List<Bucket>();
        if (ReadingItems.IsEmpty(from, to))
            return hours;
        var request = ReadingItems.Between(
            database.Tables.Readings, DynamoTables.HoursOf(device, month), metric, from, to, consistent: false);
        await foreach (var item in database.QueryAsync(request, cancellation))
        {
            if (item.TryGetValue(metric, out var summary))
                hours.Add(
                    DynamoValue.Hour(summary).At(DateTimeOffset.FromUnixTimeMilliseconds(DynamoTables.Long(item[DynamoTables.Time]))));
        }

        return hours;
    }

    /// <summary>An hour's usable observations by metric, from the readings.</summary>
    public async Task<Dictionary<string, HourOfMetric>> MetricsAsync(
        DeviceId device, DateTimeOffset hour, bool consistent, CancellationToken cancellation)
    {
        var metrics = new Dictionary<string, HourOfMetric>(StringComparer.Ordinal);
        await foreach (var (time, item) in readings.ReadAsync(
            device, DynamoTables.MonthOf(hour), null, hour, hour.AddHours(1), null, consistent, cancellation))
        {
            foreach (var (metric, value) in item.Where(a => DynamoValue.IsMetric(a.Key)))
            {
                var observation = DynamoValue.Observation(time, value);
                if ((observation.Quality & Observation.Unusable) == Quality.Good)
                    metrics[metric] = metrics.GetValueOrDefault(metric).With(observation.Value);
            }
        }

        return metrics;
    }

    private static bool Same(Dictionary<string, AttributeValue> standing, Dictionary<string, HourOfMetric> metrics) =>
        standing.Count(a => DynamoValue.IsMetric(a.Key)) == metrics.Count
        && metrics.All(m => standing.TryGetValue(m.Key, out var value) && DynamoValue.Hour(value) == m.Value);
}
