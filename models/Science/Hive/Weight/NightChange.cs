namespace IotGateway.Science.Hive.Weight;

/// <summary>Change of weight and outside temperature over a night, when no bee flies.</summary>
/// <param name="Hours">Between the two readings, h, more than 0.</param>
/// <param name="Kilograms">Last weight less the first, kg.</param>
/// <param name="Celsius">Last temperature less the first, °C.</param>
public readonly record struct NightChange(double Hours, double Kilograms, double Celsius);
