using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers.TheWeatherCompany;

/// <summary>
/// The Weather Company: two days by the hour and five days by the day. The key goes into the query, because the service takes it nowhere
/// else; so addresses of this provider are never logged. Its weather stays in memory unless the licence allows more.
/// </summary>
internal sealed class TheWeatherCompanyProvider(WeatherLine line, Uri address, TheWeatherCompanyOptions options, TimeProvider time) : IWeatherProvider
{
    public const string ProviderName = "the-weather-company";

    /// <summary>Its addresses, by the names that the configuration may give others for.</summary>
    public static readonly (string Name, string Address)[] Addresses = [(ProviderName, "https://api.weather.com")];

    public string Name => ProviderName;

    public string Attribution => "Weather data by The Weather Company";

    public string Terms => options.Keep
        ? "Licensed: kept on disk as the operator's licence allows; not to be passed on."
        : "Licensed: kept in memory for two days at most, not to be passed on.";

    public bool MayKeep => options.Keep;

    public async Task<WeatherAnswer> FetchAsync(WeatherPlace place, CancellationToken cancellation) =>
        ReadHourly(place, await GetAsync(place, "/v3/wx/forecast/hourly/2day", cancellation), time.GetUtcNow());

    /// <summary>The next five days; see <see cref="ReadDaily"/>.</summary>
    public async Task<IReadOnlyList<DayWeather>> FetchDaysAsync(WeatherPlace place, CancellationToken cancellation) =>
        ReadDaily(place, await GetAsync(place, "/v3/wx/forecast/daily/5day", cancellation), time.GetUtcNow());

    /// <summary>Parallel arrays; <c>units=m</c> means °C, km/h, mm, hPa. <c>qpf</c> is of the hour that begins, so it stands an hour later here.</summary>
    internal static WeatherAnswer ReadHourly(WeatherPlace place, ReadOnlyMemory<byte> bytes, DateTimeOffset fetched)
    {
        using var json = JsonAnswer.Read(ProviderName, place.Site, bytes);
        var times = Times(json);
        var (temperature, humidity, wind, gust, direction, pressure, rain) = (
            Column("temperature"), Column("relativeHumidity"), Column("windSpeed"), Column("windGust"), Column("windDirection"), Column("pressureMeanSeaLevel"), Column("qpf"));
        var rainBefore = times.Zip(rain).ToDictionary(t => t.First.AddHours(1), t => t.Second);
        var plausible = new Plausible();
        var hours = times.Select((t, i) => plausible.Check(new WeatherHour(t, temperature[i], humidity[i], rainBefore.GetValueOrDefault(t))
        {
            WindKilometresPerHour = wind[i],
            GustKilometresPerHour = gust[i],
            WindDirectionDegrees = direction[i],
            PressureHectopascals = pressure[i],
            Kind = WeatherKind.Forecast,
            Issued = fetched,
        })).ToArray();
        return Array.Exists(hours, h => h.TemperatureCelsius is not null)
            ? new WeatherAnswer([new WeatherPart(WeatherPoint.Of(place, "forecast on demand", place.Latitude, place.Longitude, null), hours)], plausible.Refused)
            : throw json.Fail(WeatherFault.NoData, $"none of {times.Length} hours has a temperature");

        double?[] Column(string name) => json.Column(json.Root, name, times.Length);
    }

    /// <summary>
    /// Days with their greatest and least temperature and rain. In the afternoon today's maximum is null, and so is the daypart of the day
    /// that is over: <c>daypart[0]</c>'s arrays are twice as long, day and night in turn.
    /// </summary>
    internal static IReadOnlyList<DayWeather> ReadDaily(WeatherPlace place, ReadOnlyMemory<byte> bytes, DateTimeOffset fetched)
    {
        using var json = JsonAnswer.Read(ProviderName, place.Site, bytes);
        var times = Times(json);
        var local = json.Get(json.Root, "validTimeLocal", JsonValueKind.Array);
        var (most, least, rain) = (json.Column(json.Root, "temperatureMax", times.Length), json.Column(json.Root, "temperatureMin", times.Length), json.Column(json.Root, "qpf", times.Length));
        var parts = json.Get(json.Root, "daypart", JsonValueKind.Array);
        if (parts.GetArrayLength() != 1 || local.GetArrayLength() != times.Length)
            throw json.Fail(WeatherFault.WrongShape, $"'daypart' has {parts.GetArrayLength()} members and 'validTimeLocal' {local.GetArrayLength()}; expected 1 and {times.Length}");
        var (humidity, wind) = (json.Column(parts[0], "relativeHumidity", 2 * times.Length), json.Column(parts[0], "windSpeed", 2 * times.Length));
        return
        [
            .. Enumerable.Range(0, times.Length).Select(i => new DayWeather(Date(json, local[i]), ProviderName)
            {
                MaximumCelsius = most[i],
                MinimumCelsius = least[i],
                PrecipitationMillimetres = rain[i],
                DayHumidityPercent = humidity[2 * i],
                NightHumidityPercent = humidity[2 * i + 1],
                DayWindKilometresPerHour = wind[2 * i],
                Kind = WeatherKind.Forecast,
                Issued = fetched,
            }),
        ];
    }

    private static DateTimeOffset[] Times(JsonAnswer json)
    {
        var times = json.Get(json.Root, "validTimeUtc", JsonValueKind.Array).EnumerateArray()
            .Select(t => t.ValueKind == JsonValueKind.Number && t.TryGetInt64(out var s) && s is > 0 and < 4_102_444_800
                ? DateTimeOffset.FromUnixTimeSeconds(s)
                : throw json.Fail(WeatherFault.WrongShape, $"a time is {JsonAnswer.Shown(t.GetRawText())}; expected seconds since 1970")).ToArray();
        return times.Distinct().Count() == times.Length ? times : throw json.Fail(WeatherFault.WrongShape, "a time is there twice; expected each once");
    }

    private static DateOnly Date(JsonAnswer json, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: >= 10 } text &&
        DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw json.Fail(WeatherFault.WrongShape, $"'validTimeLocal' holds {JsonAnswer.Shown(value.GetRawText())}; expected a local time");

    private Task<byte[]> GetAsync(WeatherPlace place, string path, CancellationToken cancellation)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?geocode={place.Latitude:0.###},{place.Longitude:0.###}&format=json&units=m&language=en-US&apiKey={Uri.EscapeDataString(options.ApiKey)}");
        return line.GetAsync(new WeatherRequest(Name, place.Site, new Uri(address, path + query)), cancellation);
    }
}
