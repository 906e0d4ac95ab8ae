using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Web.Charts;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Pages;

/// <summary>All that a hive's page draws of one range of time, up to its site's clock; weather later than that is not shown.</summary>
internal sealed record HiveWindow(
    Subject Hive, ChartSpan Span, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Sample> Temperature, IReadOnlyList<Sample> Humidity,
    IReadOnlyList<WeatherHour> Weather, IReadOnlyList<HiveState> States)
{
    /// <summary>Of more readings than this the means of hours are drawn.</summary>
    private const int MostReadings = 100_000;

    public static async Task<HiveWindow> ReadAsync(
        Subject hive, ChartSpan span, DateTimeOffset now, IObservations store, WeatherRegistry weather, StateStore states,
        CancellationToken cancellation)
    {
        var from = now - span.Length;
        var to = now.AddMilliseconds(1);
        return new HiveWindow(
            hive, span, from, now,
            await SeriesAsync(hive, Metrics.HiveTemperature, from, to, store, cancellation),
            await SeriesAsync(hive, Metrics.HiveHumidity, from, to, store, cancellation),
            weather.For(hive.Site) is { } w ? w.Range(from, to).ToArray() : [],
            await states.RangeAsync(hive, from, to, int.MaxValue, cancellation));
    }

    /// <summary>The samples drawn of a metric: its readings, or hours where they are too many to read.</summary>
    public static async Task<IReadOnlyList<Sample>> SeriesAsync(
        Subject hive, string metric, DateTimeOffset from, DateTimeOffset to, IObservations store, CancellationToken cancellation)
    {
        var found = await store.RangeAsync(hive, metric, from, to, MostReadings + 1, cancellation);
        if (found.Count <= MostReadings)
            return [.. found.Select(o => new Sample(o.Time, o.Value))];

        // Twice an hour, so that the line is joined.
        var hour = TimeSpan.FromHours(1);
        var hours = await store.BucketsAsync(hive, metric, HourOf(from) + hour, HourOf(to) + hour, hour, cancellation);
        return
        [
            .. hours
                .SelectMany(b => new[] { new Sample(b.From.AddMinutes(15), b.Mean), new Sample(b.From.AddMinutes(45), b.Mean) })
                .Where(s => s.Time < to),
        ];
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(
        time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
