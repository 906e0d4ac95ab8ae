using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>A source of hourly weather for a place.</summary>
internal interface IWeatherProvider
{
    /// <summary>What the configuration calls it.</summary>
    string Name { get; }

    /// <summary>Whom to name where its weather is shown.</summary>
    string Attribution { get; }

    /// <summary>What its terms allow, in a sentence.</summary>
    string Terms { get; }

    /// <summary>Whether its weather may be kept on disk.</summary>
    bool MayKeep { get; }

    /// <summary>What it says now of the last hours and the next days.</summary>
    /// <exception cref="WeatherException">There is no usable answer; the failure says why.</exception>
    Task<WeatherAnswer> FetchAsync(WeatherPlace place, CancellationToken cancel);
}

/// <summary>A site as providers see it.</summary>
/// <param name="Site">The site's id.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="ElevationMetres">Above mean sea level; null when nobody said.</param>
/// <param name="Station">The station to ask where the provider has several; null for the nearest.</param>
internal sealed record WeatherPlace(string Site, double Latitude, double Longitude, double? ElevationMetres = null, string? Station = null);

/// <summary>A grid point or station, and how far it lies from the site.</summary>
/// <param name="Name">What the provider calls it.</param>
/// <param name="DistanceKilometres">Along the great circle.</param>
/// <param name="ElevationMetres">Of the point, above mean sea level; null when the provider does not say.</param>
/// <param name="AboveSiteMetres">How much higher than the site it lies; null when one of the two is not known.</param>
internal sealed record WeatherPoint(string Name, double Latitude, double Longitude, double DistanceKilometres, double? ElevationMetres, double? AboveSiteMetres)
{
    public static WeatherPoint Of(WeatherPlace place, string name, double latitude, double longitude, double? elevation) => new(
        name, latitude, longitude, Math.Round(GreatCircle.Kilometres(place.Latitude, place.Longitude, latitude, longitude), 2), elevation,
        elevation is { } point && place.ElevationMetres is { } site ? Math.Round(point - site, 1) : null);
}

/// <summary>What a provider answered.</summary>
/// <param name="Parts">Hours by the point they are of: a station's observations and a grid point's forecast are two.</param>
/// <param name="Refused">Values left out because they cannot be.</param>
internal sealed record WeatherAnswer(IReadOnlyList<WeatherPart> Parts, int Refused)
{
    /// <summary>What is missing of it, when it is usable all the same.</summary>
    public WeatherFailure? Missing { get; init; }
}

internal sealed record WeatherPart(WeatherPoint Point, IReadOnlyList<WeatherHour> Hours);
