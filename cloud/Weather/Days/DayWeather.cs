using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Days;

/// <summary>A day as a station or a forecast gives it whole; a null is a value that was not given.</summary>
/// <param name="Day">The local day of the station or place.</param>
/// <param name="Source">The station or provider.</param>
internal sealed record DayWeather(DateOnly Day, string Source)
{
    public double? MaximumCelsius { get; init; }

    public double? MinimumCelsius { get; init; }

    /// <summary>Mean of the day, °C, by whatever rule the station has.</summary>
    public double? MeanCelsius { get; init; }

    /// <summary>Rain and melted snow, mm.</summary>
    public double? PrecipitationMillimetres { get; init; }

    /// <summary>Relative humidity by day, %.</summary>
    public double? DayHumidityPercent { get; init; }

    /// <summary>Relative humidity by night, %.</summary>
    public double? NightHumidityPercent { get; init; }

    /// <summary>Wind at 10 m by day, km/h.</summary>
    public double? DayWindKilometresPerHour { get; init; }

    public WeatherKind Kind { get; init; }

    /// <summary>Since when it is known, UTC; null when the source does not say.</summary>
    public DateTimeOffset? Issued { get; init; }
}
