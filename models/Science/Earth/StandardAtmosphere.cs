namespace IotGateway.Science.Earth;

/// <summary>
/// Mean fall of the air's temperature with height in the troposphere of the International Standard Atmosphere (ISO 2533:1975). It is a
/// mean: in a valley at night the air is often colder below.
/// </summary>
public static class StandardAtmosphere
{
    /// <summary>Kelvin that the air is colder a kilometre higher up.</summary>
    public const double KelvinPerKilometre = 6.5;

    /// <summary>Temperature, °C, at a lower place.</summary>
    /// <param name="celsius">Temperature at the upper place, °C.</param>
    /// <param name="metres">Height of the upper place over the lower one, m; negative where it is the other way round.</param>
    public static double TemperatureBelow(double celsius, double metres) => celsius + metres / 1000 * KelvinPerKilometre;
}
