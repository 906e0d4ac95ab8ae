namespace IotGateway.Science.Fire.Danger.Moisture;

/// <summary>
/// Fine Fuel Moisture Code: how dry the litter and other cured fine fuels are, 0 (wet) to 101.
/// Van Wagner and Pickett 1985 (FTR 33), eq. 1 to 10.
/// </summary>
public static class FineFuelMoistureCode
{
    /// <summary>The code a season starts with where nothing better is known.</summary>
    public const double Start = 85;

    /// <summary>Today's code from yesterday's and today's noon weather.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Next(double yesterday, in NoonWeather noon)
    {
        Check.Within(yesterday, 0, 101, "FFMC");
        noon.Validate();
        return NextUnchecked(yesterday, noon);
    }

    /// <summary>
    /// The hourly code (Van Wagner 1977, PS-X-69): every drop of rain counts, since the canopy's
    /// interception of 0.5 mm is a daily matter, and the rates are those of an hour.
    /// </summary>
    /// <param name="before">The code at the start of the step, 0 to 101.</param>
    /// <param name="weather">The weather of the step; rain is that of the step alone.</param>
    /// <param name="hours">Length of the step, 0 to 24 h; 1 by default.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double NextHour(double before, in NoonWeather weather, double hours = 1)
    {
        Check.Within(before, 0, 101, "FFMC");
        Check.Within(hours, 0, 24, "time step (h)");
        weather.Validate();
        var moisture = FineFuelMoisture.OfCode(before);
        if (weather.RainMillimetres > 0)
            moisture = FineFuelMoisture.AfterRain(moisture, weather.RainMillimetres);
        return FineFuelMoisture.ToCode(FineFuelMoisture.Approach(
            moisture, weather.TemperatureCelsius, weather.RelativeHumidityPercent, weather.WindKilometresPerHour, 0.0579 * hours));
    }

    /// <summary>Moisture content of the litter, % of dry weight, at a code of 0 to 101 (eq. 1 with 147.27723).</summary>
    /// <exception cref="InputException">The code is outside its range.</exception>
    public static double MoisturePercent(double ffmc)
    {
        Check.Within(ffmc, 0, 101, "FFMC");
        return FineFuelMoisture.OfCode(ffmc);
    }

    internal static double NextUnchecked(double yesterday, in NoonWeather noon)
    {
        var moisture = FineFuelMoisture.OfCode(yesterday);
        if (noon.RainMillimetres > 0.5)
            moisture = FineFuelMoisture.AfterRain(moisture, noon.RainMillimetres - 0.5);
        return FineFuelMoisture.ToCode(FineFuelMoisture.Approach(
            moisture, noon.TemperatureCelsius, noon.RelativeHumidityPercent, noon.WindKilometresPerHour, 0.581));
    }
}
