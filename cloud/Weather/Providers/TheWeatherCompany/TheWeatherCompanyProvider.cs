using System.Globalization;
using System.Text.Json;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers.TheWeatherCompany;

/// <summary>
/// The Weather Company: two days by the hour. The key goes into the query, because the service takes it nowhere
/// else; so addresses of this provider are never logged. Its weather stays in memory unless the licence allows more.
/// </summary>
internal sealed class TheWeatherCompanyProvider(WeatherLine line, Uri address, TheWeatherCompanyOptions options, TimeProvider time)
    : IWeatherProvider
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

    /// <summary>
    /// Parallel arrays; <c>units=m</c> means °C, km/h, mm, hPa. <c>qpf</c> is of the hour that begins, so it stands an hour later here.
    /// </summary>
    internal static WeatherAnswer ReadHourly(WeatherPlace place, ReadOnlyMemory<byte> bytes, DateTimeOffset fetched)
    {
        using var json = JsonAnswer.Read(ProviderName, place.Site, bytes);
        var times = Times(json);
        var (temperature, humidity, wind, rain) = (
            Column("temperature"), Column("relativeHumidity"), Column("windSpeed"), Column("qpf"));
        var (gust, direction, pressure) = (Optional("windGust"), Optional("windDirection"), Optional("pressureMeanSeaLevel"));
        var rainBefore = times.Zip(rain).ToDictionary(t => t.First.AddHours(1), t => t.Second);
        var hours = times.Select((t, i) => json.Plausible.Check(new WeatherHour(
            t, temperature[i], humidity[i], rainBefore.GetValueOrDefault(t))
        {
            WindKilometresPerHour = wind[i],
            GustKilometresPerHour = gust[i],
            WindDirectionDegrees = direction[i],
            PressureHectopascals = pressure[i],
            Kind = WeatherKind.Forecast,
            Issued = fetched,
        })).ToArray();
        return Array.Exists(hours, h => h.TemperatureCelsius is not null)
            ? WeatherAnswer.Of(
                ProviderName, place, json.Plausible,
                new WeatherPart(WeatherPoint.Of(place, "forecast on demand", place.Latitude, place.Longitude, null), hours))
            : throw json.FailEmpty($"none of {times.Length} hours has a temperature");

        double?[] Column(string name) => json.Column(json.Root, name, times.Length);

        double?[] Optional(string name) => json.Optional(() => Column(name)) ?? new double?[times.Length];
    }

    private static DateTimeOffset[] Times(JsonAnswer json)
    {
        var times = json.Get(json.Root, "validTimeUtc", JsonValueKind.Array).EnumerateArray()
            .Select(t => t.ValueKind == JsonValueKind.Number && t.TryGetInt64(out var s) && s is > 0 and < 4_102_444_800
                ? DateTimeOffset.FromUnixTimeSeconds(s)
                : throw json.Fail(WeatherFault.WrongShape, $"a time is {JsonAnswer.Shown(t.GetRawText())}; expected seconds since 1970"))
                    .ToArray();
        return times.Distinct().Count() == times.Length
            ? times
            : throw json.Fail(WeatherFault.WrongShape, "a time is there twice; expected each once");
    }

    private Task<byte[]> GetAsync(WeatherPlace place, string path, CancellationToken cancellation)
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"?geocode={place.Latitude:0.###},{place.Longitude:0.###}"
            + $"&format=json&units=m&language=en-US&apiKey={Uri.EscapeDataString(options.ApiKey)}");
        return line.GetAsync(new WeatherRequest(Name, place.Site, new Uri(address, path + query)), cancellation);
    }
}
