namespace IotGateway.Science.Hive.Colony.Weather;

/// <summary>
/// Hours in which a colony flies. Few bees leave below 10 to 12 °C (Vicens and Bosch 2000, Environmental Entomology 29:413–420) and flight
/// rises with warmth up to some 20 °C (Burrill and Dietz 1981, Apidologie 12:319–328); in rain next to none leave.
/// </summary>
public static class FlightHours
{
    /// <summary>No flight below this temperature, °C.</summary>
    public const double FirstCelsius = 10;

    /// <summary>Full flight from this temperature on, °C.</summary>
    public const double FullCelsius = 20;

    /// <summary>Rain of an hour above which bees stay in, mm.</summary>
    public const double RainMillimetres = 0.2;

    private const double ShareInRain = 0.1;

    /// <summary>Share of an hour of daylight in which bees fly, 0 to 1.</summary>
    /// <param name="celsius">Temperature of the air, °C.</param>
    /// <param name="rainMillimetres">Rain of the hour, mm.</param>
    public static double Share(double celsius, double rainMillimetres) =>
        Math.Clamp((celsius - FirstCelsius) / (FullCelsius - FirstCelsius), 0, 1) * (rainMillimetres > RainMillimetres ? ShareInRain : 1);
}
