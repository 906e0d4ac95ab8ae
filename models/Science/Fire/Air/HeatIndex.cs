using static System.Math;

namespace IotGateway.Science.Fire.Air;

/// <summary>Heat felt in the shade (US National Weather Service; Rothfusz 1990, SR 90-23).</summary>
public static class HeatIndex
{
    /// <summary>Heat index, °C.</summary>
    /// <param name="temperatureCelsius">Air temperature, °C, −60 to 60.</param>
    /// <param name="relativeHumidityPercent">Relative humidity, %, above 0 and at most 100.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Celsius(double temperatureCelsius, double relativeHumidityPercent)
    {
        Check.Temperature(temperatureCelsius);
        Check.RelativeHumidity(relativeHumidityPercent);
        return (Fahrenheit(temperatureCelsius * 9 / 5 + 32, relativeHumidityPercent) - 32) * 5 / 9;
    }

    private static double Fahrenheit(double t, double h)
    {
        // Below 40 °F the index is the temperature; below 80 °F Steadman's simple form does.
        if (t <= 40)
            return t;
        var simple = 0.5 * (t + 61 + (t - 68) * 1.2 + h * 0.094);
        if ((simple + t) / 2 < 80)
            return (simple + t) / 2;
        var index = -42.379 + 2.04901523 * t + 10.14333127 * h - 0.22475541 * t * h - 6.83783e-3 * t * t
            - 5.481717e-2 * h * h + 1.22874e-3 * t * t * h + 8.5282e-4 * t * h * h - 1.99e-6 * t * t * h * h;
        if (h < 13 && t <= 112)
            index -= (13 - h) / 4 * Sqrt((17 - Abs(t - 95)) / 17);
        else if (h > 85 && t <= 87)
            index += (h - 85) / 10 * ((87 - t) / 5);
        return index;
    }
}
