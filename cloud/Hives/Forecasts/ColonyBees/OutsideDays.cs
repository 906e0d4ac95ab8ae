using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Earth;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>Days of a site's weather as the colony model takes them, from the hours known at a time.</summary>
internal sealed class OutsideDays(Site site, WeatherSeries? weather, DateTimeOffset asOf)
{
    /// <summary>Fewer hours make no day.</summary>
    private const int FewestHours = 18;

    private readonly Climate _usual = Climate.Montreal with { LatitudeDegrees = site.Latitude };

    /// <summary>The first moment of a local date, UTC, to the hour.</summary>
    public DateTimeOffset FirstHour(DateOnly date)
    {
        var utc = Midnight.Of(date, site.Zone);
        return new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
    }

    /// <summary>Hours of a local date with a temperature that can be.</summary>
    public IReadOnlyList<WeatherHour> Hours(DateOnly date) =>
        [.. (weather?.Range(FirstHour(date), FirstHour(date.AddDays(1)), asOf) ?? []).Where(h => h.TemperatureCelsius is > -60 and < 60)];

    /// <summary>A day's weather; the usual one where too few hours are known.</summary>
    public ColonyWeather Day(DateOnly date, IReadOnlyList<WeatherHour> hours, out bool isKnown)
    {
        isKnown = hours.Count >= FewestHours;
        if (!isKnown)
            return _usual.Day(date.DayOfYear, 0, wet: false);
        var flight = hours.Where(h => Sun.IsUp(h.Time, site.Latitude, site.Longitude))
            .Sum(h => FlightHours.Share(h.TemperatureCelsius!.Value, h.PrecipitationMillimetres ?? 0));
        return new ColonyWeather(
            hours.Average(h => h.TemperatureCelsius!.Value), Math.Min(flight, 24), Daylight.Hours(site.Latitude, date.DayOfYear));
    }
}
