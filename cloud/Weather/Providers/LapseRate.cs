namespace IotGateway.Cloud.Weather.Providers;

/// <summary>
/// Brings a temperature from a point's height to the site's by 6.5 K/km, the mean of the troposphere in the International Standard
/// Atmosphere (ISO 2533:1975). It is a mean: in a valley at night the air is often colder below. Humidity is left as it is.
/// </summary>
internal static class LapseRate
{
    public const double KelvinPerKilometre = 6.5;

    public static WeatherHour ToSite(WeatherHour hour, WeatherPoint point) => point.AboveSiteMetres is { } above && hour.TemperatureCelsius is { } celsius
        ? hour with { TemperatureCelsius = Math.Round(celsius + above / 1000 * KelvinPerKilometre, 2) }
        : hour;
}
