using IotGateway.Cloud.Dashboard.Charts;
using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Dashboard;

/// <summary>All that a hive's page draws of one range of time, up to its site's clock; weather later than that is not shown.</summary>
internal sealed record HiveWindow(
    Hive Hive, Span Span, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Sample> Temperature, IReadOnlyList<Sample> Humidity,
    IReadOnlyList<WeatherHour> Weather, IReadOnlyList<HiveRisk> Runs)
{
    public static async Task<HiveWindow> Read(Hive hive, Span span, DateTimeOffset now, IObservations store, WeatherBook weather, IForecastBook book, CancellationToken cancellation)
    {
        var from = now - span.Length;
        var to = now.AddMilliseconds(1);
        return new HiveWindow(
            hive, span, from, now,
            await Series(Metrics.HiveTemperature), await Series(Metrics.HiveHumidity),
            weather.For(hive.Site) is { } w ? w.Range(from, to).ToArray() : [],
            await book.Range(hive.Device, from, to, int.MaxValue, cancellation));

        async Task<Sample[]> Series(string metric) => [.. (await store.Range(hive.Device, metric, from, to, int.MaxValue, cancellation)).Select(o => new Sample(o.Time, o.Value))];
    }
}
