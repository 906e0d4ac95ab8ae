namespace IotGateway.Cloud.Weather.Providers;

/// <summary>A site as providers see it.</summary>
/// <param name="Site">The site's id.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="ElevationMetres">Above mean sea level; null when nobody said.</param>
/// <param name="Station">The station to ask where the provider has several; null for the nearest.</param>
internal sealed record WeatherPlace(string Site, double Latitude, double Longitude, double? ElevationMetres = null, string? Station = null);
