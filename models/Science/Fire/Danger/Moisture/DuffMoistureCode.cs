using static System.Math;

namespace IotGateway.Science.Fire.Danger.Moisture;

/// <summary>
/// Duff Moisture Code: how dry the loose organic layer is, 0 upward.
/// Van Wagner and Pickett 1985 (FTR 33), eq. 11 to 17.
/// </summary>
public static class DuffMoistureCode
{
    /// <summary>The code a season starts with where nothing better is known.</summary>
    public const double Start = 6;

    /// <summary>Today's code from yesterday's and today's noon weather.</summary>
    /// <param name="yesterday">Yesterday's code, 0 to 10000.</param>
    /// <param name="noon">Today's noon weather; the wind is not used.</param>
    /// <param name="latitudeDegrees">Latitude, −90 to 90, which selects the band of day lengths.</param>
    /// <param name="month">Month, 1 to 12.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Next(double yesterday, in NoonWeather noon, double latitudeDegrees, int month)
    {
        Check.Within(yesterday, 0, 10_000, "DMC");
        noon.Validate();
        Check.Latitude(latitudeDegrees);
        Check.Month(month);
        return NextUnchecked(yesterday, noon, DayLength.Duff(latitudeDegrees, month));
    }

    internal static double NextUnchecked(double yesterday, in NoonWeather noon, double dayLengthHours)
    {
        var warmth = Max(noon.TemperatureCelsius, -1.1) + 1.1;
        var drying = 1.894e-4 * warmth * (100 - noon.RelativeHumidityPercent) * dayLengthHours;
        return (noon.RainMillimetres > 1.5 ? AfterRain(yesterday, noon.RainMillimetres) : yesterday) + drying;
    }

    private static double AfterRain(double dmc, double rain)
    {
        var effective = 0.92 * rain - 1.27;
        var moisture = 20 + 280 * Exp(-0.023 * dmc);
        var slope = dmc switch
        {
            <= 33 => 100 / (0.5 + 0.3 * dmc),
            <= 65 => 14 - 1.3 * Log(dmc),
            _ => 6.2 * Log(dmc) - 17.2,
        };
        var wetted = moisture + 1000 * effective / (48.77 + slope * effective);
        return Max(43.43 * (5.6348 - Log(wetted - 20)), 0);
    }
}
