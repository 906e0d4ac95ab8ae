using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.Api;

/// <summary>Hives and their readings.</summary>
internal static class HivesApi
{
    private const int MaxReadings = 10_000;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    public static void MapHivesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/hives", async (HttpContext http, Apiary apiary) =>
        {
            var hives = new List<HiveJson>();
            foreach (var hive in apiary.Hives)
                hives.Add(await DescribeAsync(hive, http.RequestServices, http.RequestAborted));
            return Results.Json(hives, HivesJson.Default.IReadOnlyListHiveJson);
        });
        routes.MapGet("/api/hives/{id}", async (string id, HttpContext http, Apiary apiary) =>
            apiary.FindHive(id) is { } hive
                ? Results.Json(await DescribeAsync(hive, http.RequestServices, http.RequestAborted), HivesJson.Default.HiveJson)
                : Problem.NotFound("hive", id));
        routes.MapGet("/api/hives/{id}/readings", ReadingsAsync);
    }

    private static async Task<HiveJson> DescribeAsync(Subject hive, IServiceProvider services, CancellationToken cancellation)
    {
        var weather = services.GetRequiredService<WeatherRegistry>();
        var site = hive.Site;
        return new HiveJson(
            hive.Id, hive.Name, hive.Devices[0].Device.ToString(),
            [.. hive.Devices.Select(d => new HiveDeviceJson(d.Device.ToString(), d.Metrics.Count > 0 ? d.Metrics : null, d.Position))],
            new SiteJson(
                site.Id, site.Name, site.Latitude, site.Longitude, site.Origin.ToString(), site.Attribution,
                weather.For(site)?.Attribution),
            site.Zone.Id, await services.GetRequiredService<SiteClock>().NowAsync(site, cancellation),
            [.. (await services.GetRequiredService<IObservations>().LatestAsync(hive, cancellation)).Select(s => Describe(s, site.Zone))],
            await services.GetRequiredService<StateStore>().NewestAsync(hive, cancellation) is { } newest
                ? StatesAnswer.Describe(newest)
                : null);
    }

    private static LatestJson Describe(Series series, TimeZoneInfo zone) => new(
        series.Metric, series.Unit, Metrics.Find(series.Metric)?.Meaning, series.Latest.Time,
        TimeZoneInfo.ConvertTime(series.Latest.Time, zone),
        series.Latest.Value, (int)series.Latest.Quality, Flags(series.Latest.Quality));

    private static async Task<IResult> ReadingsAsync(
        string id, string? metric, string? from, string? to, string? limit, Apiary apiary, IObservations store, WeatherRegistry weather,
        CancellationToken cancellation)
    {
        if (apiary.FindHive(id) is not { } hive)
            return Problem.NotFound("hive", id);

        var all = await store.LatestAsync(hive, cancellation);
        var series = all.FirstOrDefault(s => s.Metric == metric);
        if (metric is null || (series is null && Metrics.Find(metric) is null))
            return Problem.BadParameter(
                "metric", metric,
                all.Count > 0 ? $"one of {string.Join(", ", all.Select(s => s.Metric))}" : "the name of a metric such as hive_temperature");

        var newest = series?.Latest.Time ?? DateTimeOffset.UnixEpoch;
        var ((since, until), refusal) = TimeRange.Read(from, to, Parameters.After(newest, Instant), DefaultSpan + Instant);
        if (refusal is not null)
            return refusal;
        if (Parameters.Limit(limit, MaxReadings) is not { } most)
            return Problem.BadParameter("limit", limit, $"1 to {MaxReadings}");

        var found = await store.RangeAsync(hive, metric, since, until, most + 1, cancellation);
        var next = found.Count > most
            ? $"/api/hives/{id}/readings?metric={Uri.EscapeDataString(metric)}&from={Parameters.Text(found[most].Time)}"
                + $"&to={Parameters.Text(until)}&limit={most}"
            : null;
        var known = Metrics.Find(metric);
        var sky = weather.For(hive.Site);
        return Results.Json(
            new ReadingsJson(
                id, metric, series?.Unit ?? known?.Unit ?? "", known?.Meaning, hive.Site.Zone.Id, hive.Site.Origin.ToString(),
                new WeatherUnitsJson("Cel", "%RH"),
                since, until, [.. found.Take(most).Select(o => Join(o, hive.Site.Zone, sky))], next),
            HivesJson.Default.ReadingsJson);
    }

    private static ReadingJson Join(Observation o, TimeZoneInfo zone, WeatherSeries? sky) => new(
        o.Time, TimeZoneInfo.ConvertTime(o.Time, zone), o.Value, (int)o.Quality, Flags(o.Quality),
        sky?.AsOf(o.Time) is { } hour ? new WeatherAtJson(hour.Time, hour.TemperatureCelsius, hour.HumidityPercent) : null);

    private static string? Flags(Quality quality) => quality == Quality.Good ? null : quality.ToString();
}
