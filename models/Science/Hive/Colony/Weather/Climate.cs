using static System.Math;

namespace IotGateway.Science.Hive.Colony.Weather;

/// <summary>
/// Days of weather as a place's seasons have them: a yearly wave of temperature, departures from it that fade over days, and wet days. It
/// is what simulated colonies live in, and what lies ahead of a forecast where no other weather is given.
/// </summary>
/// <param name="LatitudeDegrees">Latitude, −66 to 66.</param>
/// <param name="MeanCelsius">Mean of the year, °C.</param>
/// <param name="SwingCelsius">Half of the difference between the warmest and the coldest day, K.</param>
/// <param name="WarmestDay">Day of the year.</param>
/// <param name="DepartureCelsius">Standard deviation of a day's mean from the wave, K.</param>
/// <param name="Memory">Share of a departure that is left on the next day, 0 to below 1.</param>
/// <param name="WetShare">Share of days whose daylight is largely wet, 0 to 1.</param>
public sealed record Climate(
    double LatitudeDegrees, double MeanCelsius, double SwingCelsius, int WarmestDay, double DepartureCelsius, double Memory,
    double WetShare)
{
    /// <summary>Half of a day's range of temperature, K.</summary>
    private const double DaySwingCelsius = 3.8;

    /// <summary>Share of its flight hours that a wet day leaves.</summary>
    private const double ShareWhenWet = 0.35;

    /// <summary>
    /// Montreal, fitted to the hours of the recorded weather (Environment and Climate Change Canada, June 2021 to December 2022).
    /// </summary>
    public static Climate Montreal { get; } = new(45.5, 8.4, 15.4, 207, 4.4, 0.66, 0.12);

    /// <summary>Temperature that the wave has on a day, °C.</summary>
    /// <param name="dayOfYear">Day of the year, 1 to 366.</param>
    public double UsualCelsius(int dayOfYear) => MeanCelsius + (SwingCelsius * Cos(2 * PI * (dayOfYear - WarmestDay) / 365.25));

    /// <summary>A day's weather.</summary>
    /// <param name="dayOfYear">Day of the year, 1 to 366.</param>
    /// <param name="departureCelsius">How much warmer than usual the day is, K.</param>
    /// <param name="wet">The daylight is largely wet.</param>
    public ColonyWeather Day(int dayOfYear, double departureCelsius, bool wet)
    {
        var mean = UsualCelsius(dayOfYear) + departureCelsius;
        var daylight = Daylight.Hours(LatitudeDegrees, dayOfYear);
        var share = 0.0;
        for (var sixth = -2.5; sixth <= 2.5; sixth++)
        {
            // Warmest three hours after noon; the six middles of sixths of the daylight.
            var hours = (sixth / 6 * daylight) - 3;
            share += FlightHours.Share(mean + (DaySwingCelsius * Cos(2 * PI * hours / 24)), 0) / 6;
        }

        return new ColonyWeather(mean, daylight * share * (wet ? ShareWhenWet : 1), daylight);
    }
}
