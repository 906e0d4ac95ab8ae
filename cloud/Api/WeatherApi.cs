using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather;

namespace IotGateway.Cloud.Api;

/// <summary>A site's weather.</summary>
internal static class WeatherApi
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);

    public static void MapWeather(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/weather/{site}", async (string site, string? from, string? to, Apiary apiary, WeatherBook book, SiteClock clock, TimeProvider time, CancellationToken cancellation) =>
        {
            if (apiary.Sites.FirstOrDefault(s => s.Id == site) is not { } found)
                return Problem.NotFound("site", site);
            if (book.For(found) is not { } weather)
                return Problem.NotFound("weather of site", site);

            if (Parameters.Time(to, await clock.Now(found, cancellation) ?? time.GetUtcNow()) is not { } until)
                return Problem.BadParameter("to", to, Parameters.TimeExpected);
            if (Parameters.Time(from, Parameters.Before(until, DefaultSpan)) is not { } since)
                return Problem.BadParameter("from", from, Parameters.TimeExpected);
            if (since >= until)
                return Problem.BadParameter("from", from, $"a time before to, which is {Parameters.Text(until)}");

            var hours = weather.Range(since, until).ToArray();
            return Results.Json(
                new WeatherJson(
                    site, weather.Source, weather.Attribution, found.Zone.Id, new WeatherUnitsJson("Cel", "%RH", "mm"), since, until,
                    [.. hours.Select(h => new WeatherHourJson(h.Time, h.TemperatureCelsius, h.HumidityPercent, h.PrecipitationMillimetres))]),
                ApiJson.Default.WeatherJson);
        });
}
