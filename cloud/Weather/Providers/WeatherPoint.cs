using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>A grid point or station, and how far it lies from the site.</summary>
/// <param name="Name">What the provider calls it.</param>
/// <param name="DistanceKilometres">Along the great circle.</param>
/// <param name="ElevationMetres">Of the point, above mean sea level; null when the provider does not say.</param>
/// <param name="AboveSiteMetres">How much higher than the site it lies; null when one of the two is not known.</param>
internal sealed record WeatherPoint(
    string Name, double Latitude, double Longitude, double DistanceKilometres, double? ElevationMetres, double? AboveSiteMetres)
{
    public static WeatherPoint Of(WeatherPlace place, string name, double latitude, double longitude, double? elevation) => new(
        name, latitude, longitude, Math.Round(GreatCircle.Kilometres(place.Latitude, place.Longitude, latitude, longitude), 2), elevation,
        elevation is { } point && place.ElevationMetres is { } site ? Math.Round(point - site, 1) : null);
}
