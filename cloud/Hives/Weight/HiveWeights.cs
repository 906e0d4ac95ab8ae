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
    /// <summary>A hive's weight; null where no scale ever spoke for it.</summary>
    public async Task<HiveWeight?> ReadAsync(Subject hive, DateTimeOffset asOf, CancellationToken cancellation)
    {
        if (!(await store.LatestAsync(hive, cancellation)).Any(s => s.Metric == Metrics.Weight))
            return null;
        var raw = await ScaleReadings.ReadAsync(
            store, hive, Web.Parameters.Before(asOf, HiveWeight.Window), asOf, cancellation);
        var works = (await visits.KnownAsync(hive, asOf, cancellation))
            .Where(v => v.Visit.Until > asOf - HiveWeight.Window)
            .Select(v => new WorkHours(v.Visit.Begin, v.Visit.Until))
            .ToArray();
        var net = NetWeight.Of(raw, works);
        var sky = weather.For(hive.Site);
        var nights = ScaleNights.Of(net.Points, hive.Site, time => sky?.AsOf(time)?.TemperatureCelsius);
        return new HiveWeight(asOf, raw, net, nights.Count, ScaleDrift.Of(nights));
    }

    /// <summary>A day of a hive in bees and food, as known at a time; null where no scale ever spoke for it.</summary>
    public async Task<HiveDay?> DayAsync(Subject hive, DateOnly day, DateTimeOffset asOf, CancellationToken cancellation) =>
        await DaysAsync(hive, day, 1, asOf, cancellation) is [var one] ? one : null;

    /// <summary>Days on end back from one, as known at a time; none where no scale ever spoke for it.</summary>
    public async Task<IReadOnlyList<HiveDay>> DaysAsync(
        Subject hive, DateOnly last, int count, DateTimeOffset asOf, CancellationToken cancellation)
    {
        if (await ReadAsync(hive, asOf, cancellation) is not { } weight)
            return [];
        var sky = weather.For(hive.Site);
        return
        [
            .. Enumerable.Range(0, count).Select(d => HiveDay.Of(
                weight, hive.Site, last.AddDays(-d), time => sky?.AsOf(time)?.TemperatureCelsius)),
        ];
    }
}
