using System.Text.Json;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers.Nws;

/// <summary>Reads the answers of <c>api.weather.gov</c> (GeoJSON).</summary>
internal static class NwsJson
{
    internal sealed record Grid(string Office, int X, int Y);

    internal sealed record Station(string Id, double Latitude, double Longitude, double? ElevationMetres);

    /// <summary>Of <c>points/{lat},{lon}</c>: the grid cell of a place.</summary>
    public static Grid ReadPoint(WeatherPlace place, ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonAnswer.Read(NwsProvider.ProviderName, place.Site, bytes);
        var properties = json.Get(json.Root, "properties", JsonValueKind.Object);
        var office = json.Text(properties, "gridId");
        return office.Length is >= 2 and <= 4 && office.All(char.IsAsciiLetterUpper)
            ? new Grid(office, (int)json.Number(properties, "gridX"), (int)json.Number(properties, "gridY"))
            : throw json.Fail(WeatherFault.WrongShape, $"'gridId' is '{JsonAnswer.Shown(office)}'; expected an office such as TAE");
    }

    /// <summary>Of <c>gridpoints/…/stations</c>: the stations round a place.</summary>
    public static IReadOnlyList<Station> ReadStations(WeatherPlace place, ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonAnswer.Read(NwsProvider.ProviderName, place.Site, bytes);
        return
        [
            .. json.Get(json.Root, "features", JsonValueKind.Array).EnumerateArray().Select(f =>
            {
                var properties = json.Get(f, "properties", JsonValueKind.Object);
                var (latitude, longitude) = Middle(json, f);
                return new Station(
                    json.Text(properties, "stationIdentifier"), latitude, longitude, Elevation(json, properties));
            }),
        ];
    }

    /// <summary>Of <c>gridpoints/…/forecast/hourly</c>. It bears no amount of rain, no pressure and no radiation.</summary>
    public static WeatherPart ReadForecast(WeatherPlace place, ReadOnlyMemory<byte> bytes, DateTimeOffset fetched, Plausible plausible)
    {
        using var json = JsonAnswer.Read(NwsProvider.ProviderName, place.Site, bytes, plausible);
        var properties = json.Get(json.Root, "properties", JsonValueKind.Object);
        var (latitude, longitude) = Middle(json, json.Root);
        var issued = json.Time(properties, "updateTime") is var said && said < fetched ? said : fetched;
        var hours = json.Get(properties, "periods", JsonValueKind.Array).EnumerateArray().Select(p => plausible.Check(
            new WeatherHour(json.Time(p, "startTime"), Temperature(json, p), NwsUnits.Value(json, p, "relativeHumidity", "%"), null)
            {
                WindKilometresPerHour = NwsUnits.Speed(json, p, "windSpeed"),
                GustKilometresPerHour = json.Optional(() => NwsUnits.Speed(json, p, "windGust")),
                WindDirectionDegrees = json.Optional(() => NwsUnits.Direction(json, p, "windDirection")),
                Kind = WeatherKind.Forecast,
                Issued = issued,
            })).ToArray();
        if (hours.DistinctBy(h => h.Time).Count() != hours.Length)
            throw json.Fail(WeatherFault.WrongShape, "an hour is there twice; expected each once");
        if (!Array.Exists(hours, h => h.TemperatureCelsius is not null))
            throw json.FailEmpty($"none of {hours.Length} periods has a temperature");
        return new WeatherPart(
            WeatherPoint.Of(place, "forecast grid", latitude, longitude, Elevation(json, properties)), hours);
    }

    /// <summary>
    /// Of <c>stations/{id}/observations</c>: each full hour that is over, from all reports of the hour before it, which is how a report of
    /// 10:53 is the one of 11:00. Of each value the last that was told counts, of gusts the strongest.
    /// </summary>
    public static WeatherPart ReadObservations(
        WeatherPlace place, Station? station, ReadOnlyMemory<byte> bytes, DateTimeOffset fetched, Plausible plausible)
    {
        using var json = JsonAnswer.Read(NwsProvider.ProviderName, place.Site, bytes, plausible);
        var reports = new List<WeatherHour>();
        foreach (var feature in json.Get(json.Root, "features", JsonValueKind.Array).EnumerateArray())
        {
            var properties = json.Get(feature, "properties", JsonValueKind.Object);
            if (station is null)
            {
                var (latitude, longitude) = Middle(json, feature);
                station = new Station(place.Station ?? "station", latitude, longitude, Elevation(json, properties));
            }

            if (!properties.TryGetProperty("timestamp", out var stamp) || stamp.ValueKind == JsonValueKind.Null)
                continue;
            var report = plausible.Check(Observed(json, properties, json.Time(properties, "timestamp")));
            if (report.Time <= fetched && report.HasValue)
                reports.Add(report);
        }

        return station is not null && reports.Exists(r => r.TemperatureCelsius is not null)
            ? new WeatherPart(
                WeatherPoint.Of(place, station.Id, station.Latitude, station.Longitude, station.ElevationMetres),
                [.. reports.OrderBy(r => r.Issued).GroupBy(r => r.Time).Select(Together)])
            : throw json.FailEmpty(
                $"station {station?.Id ?? place.Station} has no temperature for a full hour; expected one in the last day");
    }

    private static WeatherHour Together(IEnumerable<WeatherHour> reports) => reports.Aggregate((earlier, later) => later.Over(earlier) with
    {
        GustKilometresPerHour = Math.Max(earlier.GustKilometresPerHour ?? 0, later.GustKilometresPerHour ?? 0) is > 0 and var gust
            ? gust
            : later.GustKilometresPerHour ?? earlier.GustKilometresPerHour,
    });

    private static double? Elevation(JsonAnswer json, JsonElement of) =>
        json.Optional(() => NwsUnits.Value(json, of, "elevation", "m"));

    private static WeatherHour Observed(JsonAnswer json, JsonElement of, DateTimeOffset at) => new(
        NextFullHour(at), NwsUnits.Value(json, of, "temperature", "°C"), NwsUnits.Value(json, of, "relativeHumidity", "%"),
        NwsUnits.Value(json, of, "precipitationLastHour", "mm"))
    {
        WindKilometresPerHour = NwsUnits.Value(json, of, "windSpeed", "km/h"),
        GustKilometresPerHour = json.Optional(() => NwsUnits.Value(json, of, "windGust", "km/h")),
        WindDirectionDegrees = json.Optional(() => NwsUnits.Value(json, of, "windDirection", "°")),
        PressureHectopascals = json.Optional(() => NwsUnits.Value(json, of, "seaLevelPressure", "hPa")),
        Kind = WeatherKind.Observation,
        Issued = at,
    };

    private static DateTimeOffset NextFullHour(DateTimeOffset at) => new(
        (at.Ticks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static double? Temperature(JsonAnswer json, JsonElement period)
    {
        if (period.TryGetProperty("temperature", out var found) && found.ValueKind == JsonValueKind.Object)
            return NwsUnits.Value(json, period, "temperature", "°C");
        if (json.Maybe(period, "temperature") is not { } value)
            return null;
        return json.Text(period, "temperatureUnit") switch
        {
            "C" => value,
            "F" => Math.Round((value - 32) / 1.8, 3),
            var other => throw json.Fail(WeatherFault.WrongUnit, $"'temperatureUnit' is '{JsonAnswer.Shown(other)}'; expected C or F"),
        };
    }

    /// <summary>The point of a feature, or the mean of its polygon's corners.</summary>
    private static (double Latitude, double Longitude) Middle(JsonAnswer json, JsonElement feature)
    {
        var geometry = json.Get(feature, "geometry", JsonValueKind.Object);
        if (json.Text(geometry, "type") == "GeometryCollection")
            geometry = json.Get(geometry, "geometries", JsonValueKind.Array).EnumerateArray().FirstOrDefault();
        var coordinates = json.Get(geometry, "coordinates", JsonValueKind.Array);
        var corners = json.Text(geometry, "type") switch
        {
            "Point" => [coordinates],
            "Polygon" when coordinates.GetArrayLength() > 0 && coordinates[0].ValueKind == JsonValueKind.Array =>
                coordinates[0].EnumerateArray().Skip(1).ToArray(),
            "Polygon" => [],
            var other =>
                throw json.Fail(WeatherFault.WrongShape, $"the geometry is '{JsonAnswer.Shown(other)}'; expected Point or Polygon"),
        };
        if (corners.Length == 0 || !Array.TrueForAll(corners, c => c.ValueKind == JsonValueKind.Array && c.GetArrayLength() >= 2))
            throw json.Fail(WeatherFault.WrongShape, "the geometry has no coordinates; expected longitude and latitude");
        return (corners.Average(c => json.Latitude(c[1])), corners.Average(c => json.Longitude(c[0])));
    }
}
