using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Web;
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

    /// <summary>One an hour, of the longest span.</summary>
    private const int MostStates = 31 * 24;

    /// <summary>Readings, or hours, of the range that are not drawn because they cannot be real.</summary>
    public int TemperaturesLeftOut { get; init; }

    /// <inheritdoc cref="TemperaturesLeftOut"/>
    public int HumiditiesLeftOut { get; init; }

    public static async Task<HiveWindow> ReadAsync(
        Subject hive, ChartSpan span, DateTimeOffset now, IObservations store, WeatherRegistry weather, StateStore states,
        CancellationToken cancellation)
    {
        var from = Parameters.Before(now, span.Length);
        var to = Parameters.After(now, TimeSpan.FromMilliseconds(1));
        var temperature = await DrawnAsync(hive, Metrics.HiveTemperature, from, to, store, cancellation);
        var humidity = await DrawnAsync(hive, Metrics.HiveHumidity, from, to, store, cancellation);
        return new HiveWindow(
            hive, span, from, now, temperature.Samples, humidity.Samples,
            weather.For(hive.Site) is { } w ? w.Range(from, to).ToArray() : [],
            await states.RangeAsync(hive, from, to, MostStates, cancellation))
        {
            TemperaturesLeftOut = temperature.LeftOut,
            HumiditiesLeftOut = humidity.LeftOut,
        };
    }

    /// <summary>
    /// The samples drawn of a metric: its readings, or hours where they are too many to read. One that cannot be real is left out and
    /// counted: on its scale nothing else could be seen.
    /// </summary>
    public static async Task<(IReadOnlyList<Sample> Samples, int LeftOut)> DrawnAsync(
        Subject hive, string metric, DateTimeOffset from, DateTimeOffset to, IObservations store, CancellationToken cancellation)
    {
        var known = Metrics.Find(metric)!;
        var found = await store.RangeAsync(hive, metric, from, to, MostReadings + 1, cancellation);
        if (found.Count <= MostReadings)
        {
            Sample[] real = [.. found.Where(o => o.IsUsable(known)).Select(o => new Sample(o.Time, o.Value))];
            return (real, found.Count - real.Length);
        }

        // Twice an hour, so that the line is joined.
        var hour = TimeSpan.FromHours(1);
        var hours = await store.BucketsAsync(hive, metric, HourOf(from) + hour, HourOf(to) + hour, hour, cancellation);
        var whole = hours.Where(b => b.Min >= known.Min && b.Max <= known.Max).ToList();
        return (
        [
            .. whole
                .SelectMany(b => new[] { new Sample(b.From.AddMinutes(15), b.Mean), new Sample(b.From.AddMinutes(45), b.Mean) })
                .Where(s => s.Time < to),
        ],
        hours.Count - whole.Count);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(
        time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
