using static System.Math;

namespace IotGateway.Science.Fire.Danger.Moisture;

/// <summary>
/// Drought Code: how dry the deep organic layers and large logs are, 0 upward.
/// Van Wagner and Pickett 1985 (FTR 33), eq. 18 to 23; overwintering after Lawson and Armitage 2008.
/// </summary>
public static class DroughtCode
{
    /// <summary>The code a season starts with where nothing better is known.</summary>
    public const double Start = 15;

    /// <summary>Today's code from yesterday's and today's noon weather.</summary>
    /// <param name="yesterday">Yesterday's code, 0 to 20000.</param>
    /// <param name="noon">Today's noon weather; humidity and wind are not used.</param>
    /// <param name="latitudeDegrees">Latitude, −90 to 90, which selects the band of day lengths.</param>
    /// <param name="month">Month, 1 to 12.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Next(double yesterday, in NoonWeather noon, double latitudeDegrees, int month)
    {
        Check.Within(yesterday, 0, 20_000, "DC");
        noon.Validate();
        Check.Latitude(latitudeDegrees);
        Check.Month(month);
        return NextUnchecked(yesterday, noon, DayLength.Drought(latitudeDegrees, month));
    }

    /// <summary>The code in spring after a winter whose rain and snow wetted the ground.</summary>
    /// <param name="autumn">The last code of the autumn, 0 to 20000.</param>
    /// <param name="winterRainMillimetres">Precipitation over the winter, mm, 0 to 5000.</param>
    /// <param name="carryOver">Share of the autumn's moisture that remains, 0 to 1; 0.75 by default.</param>
    /// <param name="wettingEfficiency">Share of the precipitation that wets the layer, 0 to 1; 0.75 by default.</param>
    /// <returns>The spring code, at least 15.</returns>
    /// <exception cref="InputException">A value is outside its range, or no moisture at all would remain.</exception>
    public static double AfterWinter(double autumn, double winterRainMillimetres, double carryOver = 0.75, double wettingEfficiency = 0.75)
    {
        Check.Within(autumn, 0, 20_000, "DC");
        Check.Within(winterRainMillimetres, 0, 5000, "winter precipitation (mm)");
        Check.Within(carryOver, 0, 1, "carry-over fraction");
        Check.Within(wettingEfficiency, 0, 1, "wetting efficiency");
        var moisture = carryOver * 800 * Exp(-autumn / 400) + 3.94 * wettingEfficiency * winterRainMillimetres;
        if (moisture <= 0)
            throw new InputException(
                "moisture left by winter", moisture, "above 0: carry-over, or precipitation and its efficiency, must not vanish");
        return Max(400 * Log(800 / moisture), Start);
    }

    internal static double NextUnchecked(double yesterday, in NoonWeather noon, double dayLengthFactor)
    {
        var warmth = Max(noon.TemperatureCelsius, -2.8) + 2.8;
        var evaporation = Max((0.36 * warmth + dayLengthFactor) / 2, 0);
        return (noon.RainMillimetres > 2.8 ? AfterRain(yesterday, noon.RainMillimetres) : yesterday) + evaporation;
    }

    private static double AfterRain(double dc, double rain)
    {
        var effective = 0.83 * rain - 1.27;
        var moisture = 800 * Exp(-dc / 400);
        return Max(dc - 400 * Log(1 + 3.937 * effective / moisture), 0);
    }
}
