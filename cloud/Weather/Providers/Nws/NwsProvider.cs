using System.Collections.Concurrent;
using System.Globalization;
using IotGateway.Science.Earth;

namespace IotGateway.Cloud.Weather.Providers.Nws;

/// <summary>
/// The US National Weather Service: the hourly forecast of the place's grid cell and the observations of the nearest station that has
/// any. Its grid and its stations are asked for once a day. When no station answers the forecast is used alone, and that is said.
/// </summary>
internal sealed class NwsProvider(WeatherLine line, Uri address, string contact, TimeProvider time) : IWeatherProvider
{
    public const string ProviderName = "nws";

    /// <summary>Its addresses, by the names that the configuration may give others for.</summary>
    public static readonly (string Name, string Address)[] Addresses = [(ProviderName, "https://api.weather.gov")];

    private const int StationsTried = 3;
    private static readonly TimeSpan GridKept = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<WeatherPlace, (
        DateTimeOffset Asked, NwsJson.Grid Grid, IReadOnlyList<NwsJson.Station> Stations)> _grids = new();

    public string Name => ProviderName;

    public string Attribution => "Weather data by the US National Weather Service";

    public string Terms => "US public domain; the service asks for a contact in the User-Agent.";

    public bool MayKeep => true;

    public async Task<WeatherAnswer> FetchAsync(WeatherPlace place, CancellationToken cancellation)
    {
        var (grid, stations) = await GridAsync(place, cancellation);
        var plausible = new Plausible();
        var forecast = NwsJson.ReadForecast(
            place, await GetAsync(place, $"/gridpoints/{grid.Office}/{grid.X},{grid.Y}/forecast/hourly?units=si", cancellation),
            time.GetUtcNow(), plausible);
        WeatherFailure? missing = null;
        foreach (var station in stations.Take(StationsTried))
        {
            try
            {
                var since = (time.GetUtcNow() - TimeSpan.FromHours(25)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                var bytes = await GetAsync(
                    place, $"/stations/{Uri.EscapeDataString(station.Id)}/observations?start={since}&limit=500", cancellation);
                return WeatherAnswer.Of(
                    Name, place, plausible, forecast,
                    NwsJson.ReadObservations(place, double.IsNaN(station.Latitude) ? null : station, bytes, time.GetUtcNow(), plausible));
            }
            catch (WeatherException e)
            {
                missing = e.Failure;
            }
        }

        missing ??= new WeatherFailure(Name, place.Site, WeatherFault.NoData, "there is no station for this grid cell; expected one");
        return new WeatherAnswer([forecast], plausible.Refused) { Missing = missing };
    }

    private async Task<(NwsJson.Grid Grid, IReadOnlyList<NwsJson.Station> Stations)> GridAsync(
        WeatherPlace place, CancellationToken cancellation)
    {
        if (_grids.TryGetValue(place, out var known) && time.GetUtcNow() - known.Asked < GridKept)
            return (known.Grid, known.Stations);

        var where = string.Create(CultureInfo.InvariantCulture, $"/points/{place.Latitude:0.####},{place.Longitude:0.####}");
        var grid = NwsJson.ReadPoint(place, await GetAsync(place, where, cancellation));
        IReadOnlyList<NwsJson.Station> stations = place.Station is { } chosen
            ? [new NwsJson.Station(chosen, double.NaN, double.NaN, null)]
            : [
                .. NwsJson.ReadStations(
                    place, await GetAsync(place, $"/gridpoints/{grid.Office}/{grid.X},{grid.Y}/stations?limit=50", cancellation))
                    .OrderBy(s => GreatCircle.Kilometres(place.Latitude, place.Longitude, s.Latitude, s.Longitude)),
            ];
        _grids[place] = (time.GetUtcNow(), grid, stations);
        return (grid, stations);
    }

    private Task<byte[]> GetAsync(WeatherPlace place, string path, CancellationToken cancellation) =>
        line.GetAsync(new WeatherRequest(Name, place.Site, new Uri(address, path)) { UserAgent = $"IotGateway ({contact})" }, cancellation);
}
