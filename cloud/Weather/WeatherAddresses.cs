using System.Collections.Frozen;

namespace IotGateway.Cloud.Weather;

/// <summary>Where the providers are.</summary>
internal static class WeatherAddresses
{
    public static readonly FrozenDictionary<string, Uri> Defaults = new Dictionary<string, Uri>
    {
        ["open-meteo"] = new("https://api.open-meteo.com"),
        ["open-meteo-archive"] = new("https://archive-api.open-meteo.com"),
        ["nws"] = new("https://api.weather.gov"),
        ["the-weather-company"] = new("https://api.weather.com"),
        ["ghcn-daily"] = new("https://noaa-ghcn-pds.s3.amazonaws.com"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Uri Of(WeatherOptions options, string name) => options.Addresses.TryGetValue(name, out var other) ? new Uri(other) : Defaults[name];
}
