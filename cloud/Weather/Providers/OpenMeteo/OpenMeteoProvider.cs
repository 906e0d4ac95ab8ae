using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers.OpenMeteo;

/// <summary>
/// Open-Meteo: <c>/v1/forecast</c> for the last two days and the next three, <c>/v1/archive</c> for what lies further back. Times are
/// asked for in UTC and units are checked. The forecast bears no issue time: an answer counts as issued when it came.
/// </summary>
internal sealed class OpenMeteoProvider(WeatherLine line, Uri forecast, Uri archive, TimeProvider time) : IWeatherProvider
{
    public const string ProviderName = "open-meteo";

    /// <summary>Name of the archive's address in the configuration.</summary>
    public const string ArchiveName = "open-meteo-archive";

    /// <summary>Its addresses, by the names that the configuration may give others for.</summary>
    public static readonly (string Name, string Address)[] Addresses =
    [
        (ProviderName, "https://api.open-meteo.com"), (ArchiveName, "https://archive-api.open-meteo.com"),
    ];

    /// <summary>The archive's ERA5 appears with five days' delay (Open-Meteo, Historical Weather API, data sources).</summary>
    private static readonly TimeSpan ArchiveDelay = TimeSpan.FromDays(5);

    /// <summary>A grid point this far away is not the site's: the coarsest model has cells of 0.25°.</summary>
    private const double FarKilometres = 40;

    /// <summary>Columns asked for. Without the first four an answer is of no use; the others may be absent, which is said.</summary>
    private static readonly (string Name, string Unit)[] Columns =
    [
        ("temperature_2m", "°C"), ("relative_humidity_2m", "%"), ("precipitation", "mm"), ("wind_speed_10m", "km/h"),
        ("wind_gusts_10m", "km/h"), ("wind_direction_10m", "°"), ("pressure_msl", "hPa"), ("shortwave_radiation", "W/m²"),
    ];

    private const int Needed = 4;

    private static readonly string Query =
        $"&hourly={string.Join(',', Columns.Select(c => c.Name))}&timezone=GMT&timeformat=iso8601"
        + "&temperature_unit=celsius&wind_speed_unit=kmh&precipitation_unit=mm";

    public string Name => ProviderName;

    public string Attribution => "Weather data by Open-Meteo.com (CC BY 4.0)";

    public string Terms =>
        "Data under CC BY 4.0: name Open-Meteo.com; the open service is for non-commercial use and up to 10,000 calls a day.";

    public bool MayKeep => true;

    public bool HasPast => true;

    public Task<WeatherAnswer> FetchAsync(WeatherPlace place, CancellationToken cancellation) =>
        AskAsync(
            place, new Uri(forecast, $"/v1/forecast?{Where(place)}{Query}&past_days=2&forecast_days=3"), archived: false, cancellation);

    /// <summary>Hours of past days, both ends included, from the reanalysis.</summary>
    /// <exception cref="WeatherException">There is no usable answer.</exception>
    public Task<WeatherAnswer> FetchPastAsync(WeatherPlace place, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        AskAsync(
            place, new Uri(archive, $"/v1/archive?{Where(place)}{Query}&start_date={Day(from)}&end_date={Day(to)}"), archived: true,
            cancellation);

    private static string Where(WeatherPlace place)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"latitude={place.Latitude:0.#####}&longitude={place.Longitude:0.#####}");
        return place.ElevationMetres is { } metres ? string.Create(CultureInfo.InvariantCulture, $"{where}&elevation={metres:0.#}") : where;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<WeatherAnswer> AskAsync(WeatherPlace place, Uri address, bool archived, CancellationToken cancellation)
    {
        var bytes = await line.GetAsync(new WeatherRequest(Name, place.Site, address), cancellation);
        return Read(place, bytes, time.GetUtcNow(), archived);
    }

    /// <param name="place">The site.</param>
    /// <param name="bytes">The answer's body.</param>
    /// <param name="fetched">When it came.</param>
    /// <param name="archived">Whether it is of the archive.</param>
    internal static WeatherAnswer Read(WeatherPlace place, ReadOnlyMemory<byte> bytes, DateTimeOffset fetched, bool archived)
    {
        using var json = JsonAnswer.Read(ProviderName, place.Site, bytes);
        if (json.Root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.True)
            throw json.Fail(WeatherFault.Refused, $"it says '{JsonAnswer.Shown(json.Text(json.Root, "reason"))}'");
        if (json.Number(json.Root, "utc_offset_seconds") != 0)
            throw json.Fail(WeatherFault.WrongShape, "'utc_offset_seconds' is not 0; expected times in UTC");

        // With an elevation given, or without, the answer is for the site's own height: it is already corrected to it.
        var point = WeatherPoint.Of(
            place, "grid point", json.Latitude(json.Get(json.Root, "latitude", JsonValueKind.Number)),
            json.Longitude(json.Get(json.Root, "longitude", JsonValueKind.Number)),
            json.Optional(() => json.Maybe(json.Root, "elevation")));
        if (point.DistanceKilometres > FarKilometres)
            throw json.Fail(
                WeatherFault.WrongPlace,
                $"the answer is for a point {point.DistanceKilometres:0} km away; expected at most {FarKilometres:0} km");

        var units = json.Get(json.Root, "hourly_units", JsonValueKind.Object);
        CheckUnit(json, units, "time", "iso8601");
        var hourly = json.Get(json.Root, "hourly", JsonValueKind.Object);
        var times = json.Get(hourly, "time", JsonValueKind.Array).EnumerateArray().Select(t => Time(json, t)).ToArray();
        if (times.Distinct().Count() != times.Length)
            throw json.Fail(WeatherFault.WrongShape, "an hour is there twice; expected each once");
        var columns = Columns
            .Select((c, i) => i < Needed ? Column(c) : json.Optional(() => Column(c)) ?? new double?[times.Length])
            .ToArray();
        var hours = times.Select((t, i) => json.Plausible.Check(new WeatherHour(t, columns[0][i], columns[1][i], columns[2][i])
        {
            WindKilometresPerHour = columns[3][i],
            GustKilometresPerHour = columns[4][i],
            WindDirectionDegrees = columns[5][i],
            PressureHectopascals = columns[6][i],
            RadiationWattsPerSquareMetre = columns[7][i],
            Kind = t <= fetched ? WeatherKind.Analysis : WeatherKind.Forecast,
            Issued = archived && t + ArchiveDelay < fetched ? t + ArchiveDelay : fetched,
        }))
            .Where(h => h.TemperatureCelsius is not null || h.HumidityPercent is not null || h.PrecipitationMillimetres is not null
                || h.WindKilometresPerHour is not null)
            .ToArray();
        return hours.Length > 0
            ? WeatherAnswer.Of(ProviderName, place, json.Plausible, new WeatherPart(point, hours))
            : throw json.FailEmpty($"none of {times.Length} hours has a value; expected temperatures");

        double?[] Column((string Name, string Unit) column)
        {
            CheckUnit(json, units, column.Name, column.Unit);
            return json.Column(hourly, column.Name, times.Length);
        }
    }

    private static void CheckUnit(JsonAnswer json, JsonElement units, string name, string unit)
    {
        if (json.Text(units, name) is var found && found != unit)
            throw json.Fail(WeatherFault.WrongUnit, $"'{name}' is in '{JsonAnswer.Shown(found)}'; expected '{unit}'");
    }

    private static DateTimeOffset Time(JsonAnswer json, JsonElement value) =>
        value.ValueKind == JsonValueKind.String &&
        DateTimeOffset.TryParseExact(
            value.GetString(), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && JsonAnswer.IsOurs(time)
            ? time
            : throw json.Fail(
                WeatherFault.WrongShape, $"a time is {JsonAnswer.Shown(value.GetRawText())}; expected a form like 2026-08-07T13:00");
}
