using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers.GhcnDaily;
using IotGateway.Cloud.Web;

namespace IotGateway.Cloud.Weather.Api;

/// <summary>A site's weather, its daily features, and how the providers stand.</summary>
internal static class WeatherApi
{
    private const int MaxDays = 366;
    private const int DefaultDays = 7;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);

    public static void MapWeatherApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/weather", (LiveWeather live, DailyRefresh daily) => Results.Json(
            [.. live.States.Concat(daily.States).Select(WeatherStateJson.Of)], WeatherApiJson.Default.IReadOnlyListWeatherStateJson));
        routes.MapGet("/api/weather/{site}", HoursAsync);
        routes.MapGet("/api/weather/{site}/days", DaysAsync);
    }

    private static async Task<IResult> HoursAsync(
        string site, string? from, string? to, Apiary apiary, WeatherRegistry registry, LiveWeather live, SiteClock clock,
        TimeProvider time, CancellationToken cancellation)
    {
        if (apiary.Sites.FirstOrDefault(s => s.Id == site) is not { } found)
            return Problem.NotFound("site", site);
        if (registry.For(found) is not { } weather)
            return Problem.NotFound("weather of site", site);

        var now = await clock.NowAsync(found, cancellation) ?? time.GetUtcNow();
        var ((since, until), refusal) = TimeRange.Read(from, to, now, DefaultSpan);
        if (refusal is not null)
            return refusal;

        return Results.Json(
            new WeatherJson(
                site, weather.Source, weather.Attribution, found.Zone.Id, new WeatherHourUnitsJson(), since, until,
                [
                    .. weather.Range(since, until).ToArray().Select(h => new WeatherHourJson(
                        h.Time, h.TemperatureCelsius, h.HumidityPercent, h.PrecipitationMillimetres, h.WindKilometresPerHour,
                        h.GustKilometresPerHour,
                        h.WindDirectionDegrees, h.PressureHectopascals, h.RadiationWattsPerSquareMetre, h.Kind.ToString(), h.Issued)),
                ],
                [.. live.States.Where(s => s.Site == site).Select(WeatherStateJson.Of)]),
            WeatherApiJson.Default.WeatherJson);
    }

    private static async Task<IResult> DaysAsync(
        string site, string? from, string? to, Apiary apiary, WeatherRegistry registry, DayRegistry days, SiteClock clock,
        TimeProvider time, CancellationToken cancellation)
    {
        if (apiary.Sites.FirstOrDefault(s => s.Id == site) is not { } found)
            return Problem.NotFound("site", site);

        var now = await clock.NowAsync(found, cancellation) ?? time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, found.Zone).DateTime);
        var ((since, until), refusal) = DayRange.Read(from, to, today, DefaultDays, MaxDays);
        if (refusal is not null)
            return refusal;

        var weather = registry.For(found);
        var ofStation = days
            .For(site)
            .Where(d => d.Day >= since && d.Day <= until)
            .Select(d => DailyFeatures.Of(d, DayLimits.Default))
            .ToArray();
        return Results.Json(
            new WeatherDaysJson(
                site, found.Zone.Id, weather?.Attribution, ofStation.Length > 0 ? GhcnDailyProvider.Attribution : null, DayLimits.Default,
                weather is null ? [] :
                [
                    .. SiteDay.Between(since, until, found.Zone)
                        .Select(
                            d => WeatherDayJson.Of(DayFeatures.Of(d, weather, found.Latitude, found.Longitude, DayLimits.Default, now))),
                ],
                ofStation),
            WeatherApiJson.Default.WeatherDaysJson);
    }
}
