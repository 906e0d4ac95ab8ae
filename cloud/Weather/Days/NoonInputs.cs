using System.Globalization;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science;

namespace IotGateway.Cloud.Weather.Days;

/// <summary>
/// Inputs of the Canadian Fire Weather Index at 12:00 local standard time (Van Wagner 1987, Forestry Technical Report 35): temperature,
/// relative humidity and wind at 10 m at noon, and the rain of the 24 hours before. Nothing is filled in: one missing hour of rain, and
/// there are none.
/// </summary>
internal static class NoonInputs
{
    /// <summary>Greatest age of the weather at noon.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(59);

    public static (NoonWeather? Noon, string? Missing) Of(DateTimeOffset noon, WeatherSeries weather, DateTimeOffset knownAt)
    {
        if (weather.AsOf(noon, knownAt) is not { } at || noon - at.Time > MaxAge)
            return (null, "temperature at noon");
        if (at.HumidityPercent is not { } humidity)
            return (null, "humidity at noon");
        if (at.WindKilometresPerHour is not { } wind)
            return (null, "wind at noon");

        var rain = weather.Range(noon.AddHours(-24).AddTicks(1), noon.AddTicks(1), knownAt)
            .GroupBy(h => (int)Math.Ceiling((noon - h.Time).TotalHours - 0.999))
                .Select(g => g.LastOrDefault(h => h.PrecipitationMillimetres is not null)?.PrecipitationMillimetres)
                .OfType<double>()
                .ToArray();
        if (rain.Length < 24)
            return (null, string.Create(CultureInfo.InvariantCulture, $"rain of {24 - rain.Length} of 24 hours"));

        var inputs = new NoonWeather(at.TemperatureCelsius!.Value, humidity, wind, Math.Round(rain.Sum(), 3));
        try
        {
            inputs.Validate();
            return (inputs, null);
        }
        catch (InputException e)
        {
            return (null, e.Message);
        }
    }
}
