using System.Text.Json.Serialization;
using IotGateway.Cloud.Weather.Days;
using IotGateway.Cloud.Weather.Live;
using IotGateway.Cloud.Weather.Providers;
using IotGateway.Science.Fire.Danger.Moisture;

namespace IotGateway.Cloud.Weather.Api;

/// <summary>Source-generated JSON of what the API answers of weather.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(WeatherJson))]
[JsonSerializable(typeof(WeatherDaysJson))]
[JsonSerializable(typeof(IReadOnlyList<WeatherStateJson>))]
internal sealed partial class WeatherApiJson : JsonSerializerContext;

/// <summary>
/// Hours of a site; <paramref name="States"/> tells how old they are and how the providers stand, empty for a recorded file.
/// </summary>
internal sealed record WeatherJson(
    string Site, string Source, string Attribution, string Zone, WeatherHourUnitsJson Units, DateTimeOffset From, DateTimeOffset To,
    IReadOnlyList<WeatherHourJson> Hours, IReadOnlyList<WeatherStateJson> States);

/// <summary>UCUM and SenML units of <see cref="WeatherHourJson"/>.</summary>
internal sealed record WeatherHourUnitsJson(
    string Temperature = "Cel", string Humidity = "%RH", string Precipitation = "mm", string Wind = "km/h", string Gust = "km/h",
    string WindDirection = "deg",
    string Pressure = "hPa", string Radiation = "W/m2");

/// <summary>
/// Of precipitation and radiation the hour before <paramref name="Time"/>; <paramref name="Issued"/> is since when it was known.
/// </summary>
internal sealed record WeatherHourJson(
    DateTimeOffset Time, double? Temperature, double? Humidity, double? Precipitation, double? Wind, double? Gust, double? WindDirection,
    double? Pressure, double? Radiation,
    string Kind, DateTimeOffset Issued);

/// <summary>Condition of a provider for a site.</summary>
internal sealed record WeatherStateJson(
    string Provider, string Site, string Condition, DateTimeOffset? LastSuccess, double? AgeSeconds, string? LastFault, string? LastError,
    DateTimeOffset? LastErrorAt,
    int FailuresInARow, long ValuesRefused, IReadOnlyList<WeatherPoint> Points, string Attribution, string Terms)
{
    public static WeatherStateJson Of(WeatherState s) => new(
        s.Provider, s.Site, s.Condition.ToString(), s.LastSuccess, s.Age is { } age ? Math.Round(age.TotalSeconds) : null,
        s.LastError?.Fault.ToString(), s.LastError?.Detail, s.LastErrorAt,
        s.FailuresInARow, s.ValuesRefused, s.Points, s.Attribution, s.Terms);
}

/// <summary>Features of a site's local days: from its hours, and from the days of its GHCN-Daily station.</summary>
internal sealed record WeatherDaysJson(
    string Site, string Zone, string? Attribution, string? StationAttribution, DayLimits Limits, IReadOnlyList<WeatherDayJson> Days,
    IReadOnlyList<DailyFeatures> StationDays);

internal sealed record WeatherDayJson(
    DateOnly Day, int Hours, int ForecastHours, Feature GrowingDegreeDays, Feature FlightHours, double FlightWindKnown,
    Feature RainMillimetres, bool? RainDay,
    Feature HeatStressHours, Feature ColdStressHours, DateTimeOffset NoonTime, NoonWeather? Noon, string? NoonMissing)
{
    public static WeatherDayJson Of(DayFeatures f) => new(
        f.Day.Date, f.Day.Hours, f.ForecastHours, f.GrowingDegreeDays, f.FlightHours, f.FlightWindKnown, f.RainMillimetres, f.RainDay,
        f.HeatStressHours, f.ColdStressHours,
        f.Day.StandardNoon, f.Noon, f.NoonMissing);
}
