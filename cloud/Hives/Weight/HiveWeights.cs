using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Hive.Weight;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Weight;

/// <summary>Reads hives' weights with their visits and weather, as they were known at a time.</summary>
internal sealed class HiveWeights(IObservations store, VisitBook visits, WeatherRegistry weather)
{
    /// <summary>Of more readings than this the means of hours are taken: one every two minutes.</summary>
    private const int MostReadings = 50_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A hive's weight; null where no scale ever spoke for it.</summary>
    public async Task<HiveWeight?> ReadAsync(Subject hive, DateTimeOffset asOf, CancellationToken cancellation)
    {
        if (!(await store.LatestAsync(hive, cancellation)).Any(s => s.Metric == Metrics.Weight))
            return null;
        var raw = await RawAsync(hive, asOf, cancellation);
        var works = (await visits.KnownAsync(hive, asOf, cancellation))
            .Where(v => v.Visit.Until > asOf - HiveWeight.Window)
            .Select(v => new WorkHours(v.Visit.Begin, v.Visit.Until))
            .ToArray();
        var net = NetWeight.Of(raw, works);
        var sky = weather.For(hive.Site);
        var nights = ScaleNights.Of(net.Points, hive.Site, time => sky?.AsOf(time)?.TemperatureCelsius);
        return new HiveWeight(asOf, raw, net, nights.Count, ScaleDrift.Of(nights));
    }

    private async Task<IReadOnlyList<ScaleReading>> RawAsync(Subject hive, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var known = Metrics.Find(Metrics.Weight)!;
        var (from, to) = (Web.Parameters.Before(asOf, HiveWeight.Window), Web.Parameters.After(asOf, TimeSpan.FromMilliseconds(1)));
        var found = await store.RangeAsync(hive, Metrics.Weight, from, to, MostReadings + 1, cancellation);
        if (found.Count <= MostReadings)
            return [.. found.Where(o => o.IsUsable(known)).Select(o => new ScaleReading(o.Time, o.Value))];
        var hours = await store.BucketsAsync(hive, Metrics.Weight, WholeHour(from) + Hour, WholeHour(to), Hour, cancellation);
        return
        [
            .. hours.Where(b => b.Min >= known.Min && b.Max <= known.Max).Select(b => new ScaleReading(b.From + (Hour / 2), b.Mean)),
        ];
    }

    private static DateTimeOffset WholeHour(DateTimeOffset time) => new(
        time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
