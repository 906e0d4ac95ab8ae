using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Danger.Moisture;

namespace IotGateway.Cloud.Weather.Days;

/// <summary>A day's value with the share of its hours that were known; null when too few were.</summary>
internal sealed record Feature(double? Value, double Coverage);

/// <summary>Features of one site and local day. Formulas and sources stand in docs/weather.md.</summary>
/// <param name="Day">The local day.</param>
/// <param name="ForecastHours">How many of its hours are forecasts.</param>
/// <param name="GrowingDegreeDays">°C·d above the base.</param>
/// <param name="FlightHours">Hours in which bees can fly.</param>
/// <param name="FlightWindKnown">Share of the flight hours whose wind was known; the others count as calm.</param>
/// <param name="RainMillimetres">Rain and melted snow.</param>
/// <param name="RainDay">Whether it rained; null when that cannot be said.</param>
/// <param name="HeatStressHours">Hours at and above the limit of heat.</param>
/// <param name="ColdStressHours">Hours at and below the limit of cold.</param>
/// <param name="Noon">Inputs of the fire-weather index; null when one is missing.</param>
/// <param name="NoonMissing">What is missing of them; null when nothing is.</param>
internal sealed record DayFeatures(
    SiteDay Day, int ForecastHours, Feature GrowingDegreeDays, Feature FlightHours, double FlightWindKnown, Feature RainMillimetres,
    bool? RainDay,
    Feature HeatStressHours, Feature ColdStressHours, NoonWeather? Noon, string? NoonMissing)
{
    /// <param name="day">The day.</param>
    /// <param name="weather">The place's weather.</param>
    /// <param name="latitude">Of the site, degrees north.</param>
    /// <param name="longitude">Of the site, degrees east.</param>
    /// <param name="limits">The thresholds.</param>
    /// <param name="knownAt">As of when; what was issued later is not seen.</param>
    public static DayFeatures Of(
        SiteDay day, WeatherSeries weather, double latitude, double longitude, DayLimits limits, DateTimeOffset knownAt)
    {
        var hours = HoursOf(day, weather, knownAt);
        var temperatures = hours.Take(day.Hours).Select(h => h?.TemperatureCelsius).OfType<double>().ToArray();
        var rain = hours.Skip(1).Select(h => h?.PrecipitationMillimetres).OfType<double>().ToArray();
        var (noon, missing) = NoonInputs.Of(day.StandardNoon, weather, knownAt);
        var (flight, windKnown) = Flight(day, hours, latitude, longitude, limits);
        var fallen = Math.Round(rain.Sum(), 3); // ten times 0.1 is otherwise less than 1
        var rainfall = Share(fallen, rain.Length, day.Hours, limits);
        return new DayFeatures(
            day, hours.Take(day.Hours).Count(h => h?.Kind == WeatherKind.Forecast),
            Share(
                temperatures.Length == 0 ? 0 : temperatures.Average(t => Math.Max(0, t - limits.GrowingBaseCelsius)) * day.Hours / 24,
                temperatures.Length, day.Hours, limits),
            flight, windKnown, rainfall,
            fallen >= limits.RainDayMillimetres ? true : rainfall.Value is null ? null : false,
            Share(temperatures.Count(t => t >= limits.HeatCelsius), temperatures.Length, day.Hours, limits),
            Share(temperatures.Count(t => t <= limits.ColdCelsius), temperatures.Length, day.Hours, limits),
            noon, missing);
    }

    /// <summary>The weather at each hour's beginning, and at the end of the last: index 0 to <see cref="SiteDay.Hours"/>.</summary>
    private static WeatherHour?[] HoursOf(SiteDay day, WeatherSeries weather, DateTimeOffset knownAt)
    {
        var hours = new WeatherHour?[day.Hours + 1];
        foreach (var hour in weather.Range(day.From.AddHours(-1).AddTicks(1), day.To.AddTicks(1), knownAt))
        {
            var at = (int)Math.Clamp(Math.Ceiling((hour.Time - day.From).TotalHours), 0, day.Hours);
            hours[at] = hour.Over(hours[at]);
        }

        return hours;
    }

    /// <summary>
    /// An hour is for flight when it is day, warm, dry and not windy. What one value rules out needs no other to be known.
    /// </summary>
    private static (Feature Hours, double WindKnown) Flight(
        SiteDay day, WeatherHour?[] hours, double latitude, double longitude, DayLimits limits)
    {
        int flight = 0, decided = 0, windy = 0;
        for (var i = 0; i < day.Hours; i++)
        {
            var (at, rain) = (hours[i], hours[i + 1]?.PrecipitationMillimetres);
            var (warm, dry, calm) = (
                at?.TemperatureCelsius >= limits.FlightCelsius, rain < limits.WetHourMillimetres,
                !(at?.WindKilometresPerHour > limits.FlightWindKilometresPerHour));
            if (!Sun.IsUp(day.From.AddHours(i + 0.5), latitude, longitude) || (at?.TemperatureCelsius is not null && !warm)
                || (rain is not null && !dry) || !calm)
            {
                decided++;
            }
            else if (warm && dry)
            {
                decided++;
                flight++;
                windy += at?.WindKilometresPerHour is null ? 0 : 1;
            }
        }

        return (Share(flight, decided, day.Hours, limits), flight == 0 ? 1 : (double)windy / flight);
    }

    private static Feature Share(double value, int known, int all, DayLimits limits)
    {
        var coverage = (double)known / all;
        return new Feature(coverage >= limits.LeastCoverage && known > 0 ? Math.Round(value, 3) : null, Math.Round(coverage, 3));
    }
}
