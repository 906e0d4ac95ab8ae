namespace IotGateway.Cloud.Weather.Days;

/// <summary>A day as a station gives it whole; a null is a value that was not given.</summary>
/// <param name="Day">The local day of the station or place.</param>
/// <param name="Source">The station.</param>
internal sealed record DayWeather(DateOnly Day, string Source)
{
    public double? MaximumCelsius { get; init; }

    public double? MinimumCelsius { get; init; }

    /// <summary>Mean of the day, °C, by whatever rule the station has.</summary>
    public double? MeanCelsius { get; init; }

    /// <summary>Rain and melted snow, mm.</summary>
    public double? PrecipitationMillimetres { get; init; }
}
