using IotGateway.FirmwareSim.Recorded;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.FirmwareSim.Colonies;

/// <summary>Days of weather of simulated colonies: recorded where there are hours, drawn from the climate before them.</summary>
/// <param name="recording">The recorded hours.</param>
/// <param name="seed">Key of the drawn days, which all colonies share.</param>
internal sealed class OutsideDays(WeatherRecording recording, int seed)
{
    private static readonly Climate Place = Climate.Montreal;
    private readonly WeatherWalk _drawn = new(Place, (ulong)(uint)seed);

    /// <summary>Usual mean of the week before a date, °C.</summary>
    public static double UsualCelsius(DateOnly date) => Place.UsualCelsius(date.DayOfYear);

    /// <summary>A day; asked for one after the other.</summary>
    public ColonyWeather Next(DateOnly date)
    {
        var drawn = _drawn.Next(date.DayOfYear);
        if (Midnight(date) < recording.First)
            return drawn;
        var hours = Enumerable.Range(0, 24).Select(h => Midnight(date).AddHours(h)).Select(t => (Time: t, Air: recording.At(t))).ToList();
        var daylight = Daylight.Hours(Place.LatitudeDegrees, date.DayOfYear);
        return new ColonyWeather(hours.Average(h => h.Air.TemperatureCelsius), hours.Sum(h => Flight(h.Time, h.Air)), daylight);
    }

    /// <summary>Share of an hour about a time in which bees fly, 0 to 1.</summary>
    public static double Flight(DateTimeOffset time, Recorded.Weather air)
    {
        var local = time.ToOffset(WeatherRecording.StandardTime);
        var fromNoon = Math.Abs(local.TimeOfDay.TotalHours - 12);
        var half = Daylight.Hours(Place.LatitudeDegrees, local.DayOfYear) / 2;
        return fromNoon >= half ? 0 : FlightHours.Share(air.TemperatureCelsius, air.RainMillimetres);
    }

    /// <summary>The beginning of a day by the place's standard time.</summary>
    public static DateTimeOffset Midnight(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), WeatherRecording.StandardTime);
}
