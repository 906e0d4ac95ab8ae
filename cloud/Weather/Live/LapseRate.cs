using IotGateway.Cloud.Weather.Hours;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Weather.Live;

/// <summary>
/// Correction of a temperature from a point's height to the site's by the standard atmosphere. Humidity is left as it is.
/// </summary>
internal static class LapseRate
{
    public static WeatherHour ToSite(WeatherHour hour, WeatherPoint point) =>
        point.AboveSiteMetres is { } above && hour.TemperatureCelsius is { } celsius
            ? hour with { TemperatureCelsius = Math.Round(StandardAtmosphere.TemperatureBelow(celsius, above), 2) }
            : hour;
}
