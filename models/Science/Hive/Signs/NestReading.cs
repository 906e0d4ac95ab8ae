namespace IotGateway.Science.Hive.Signs;

/// <summary>Temperature in a nest at a time.</summary>
/// <param name="Time">When.</param>
/// <param name="Celsius">As read, °C.</param>
public readonly record struct NestReading(DateTimeOffset Time, double Celsius);
