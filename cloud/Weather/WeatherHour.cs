namespace IotGateway.Cloud.Weather;

/// <summary>Weather of one hour at one place; a null is a value the station did not give.</summary>
/// <param name="Time">When it was observed, UTC.</param>
/// <param name="TemperatureCelsius">Air temperature at 2 m.</param>
/// <param name="HumidityPercent">Relative humidity, 0 to 100.</param>
/// <param name="PrecipitationMillimetres">Rain and melted snow in the hour.</param>
internal sealed record WeatherHour(DateTimeOffset Time, double? TemperatureCelsius, double? HumidityPercent, double? PrecipitationMillimetres);
