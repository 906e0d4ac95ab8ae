namespace IotGateway.Science.Hive.Colony.Weather;

/// <summary>Weather of one day as a colony meets it.</summary>
/// <param name="MeanCelsius">Mean temperature of the air, °C.</param>
/// <param name="FlightHours">Hours in which bees fly, 0 to 24, see <see cref="Weather.FlightHours"/>.</param>
/// <param name="DaylightHours">From sunrise to sunset, h, 0 to 24, see <see cref="Daylight"/>.</param>
public readonly record struct ColonyWeather(double MeanCelsius, double FlightHours, double DaylightHours);
