namespace IotGateway.Cloud.Weather.Days;

/// <summary>Features of a day of which only extremes and rain are known.</summary>
/// <param name="GrowingDegreeDays">°C·d: (maximum + minimum) / 2 − base, not below 0 (McMaster and Wilhelm 1997, first interpretation);
/// null when an extreme is missing.</param>
/// <param name="RainDay">Null when the rain is not known.</param>
/// <param name="HeatDay">Whether the maximum reached the limit of heat.</param>
/// <param name="ColdDay">Whether the minimum reached the limit of cold.</param>
internal sealed record DailyFeatures(DateOnly Day, double? GrowingDegreeDays, bool? RainDay, bool? HeatDay, bool? ColdDay)
{
    public static DailyFeatures Of(DayWeather day, DayLimits limits) => new(
        day.Day,
        day is { MaximumCelsius: { } most, MinimumCelsius: { } least } && most >= least
            ? Math.Round(Math.Max(0, (most + least) / 2 - limits.GrowingBaseCelsius), 3)
            : null,
        day.PrecipitationMillimetres is { } rain ? rain >= limits.RainDayMillimetres : null,
        day.MaximumCelsius is { } high ? high >= limits.HeatCelsius : null,
        day.MinimumCelsius is { } low ? low <= limits.ColdCelsius : null);
}
