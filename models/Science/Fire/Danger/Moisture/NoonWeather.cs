using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Danger.Moisture;

/// <summary>
/// The weather the FWI System is built on: observed at noon local standard time, wind 10 m above
/// open ground, rain of the 24 hours before.
/// </summary>
/// <param name="TemperatureCelsius">Air temperature, °C, −60 to 60.</param>
/// <param name="RelativeHumidityPercent">Relative humidity, %, above 0 and at most 100.</param>
/// <param name="WindKilometresPerHour">Wind speed at 10 m, km/h, 0 to 300.</param>
/// <param name="RainMillimetres">Rain in the last 24 hours, mm, 0 to 2000.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NoonWeather(
    double TemperatureCelsius,
    double RelativeHumidityPercent,
    double WindKilometresPerHour,
    double RainMillimetres)
{
    /// <summary>Refuses weather that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range, or is not a number.</exception>
    public void Validate()
    {
        Check.Temperature(TemperatureCelsius);
        Check.RelativeHumidity(RelativeHumidityPercent);
        Check.Wind(WindKilometresPerHour);
        Check.Rain(RainMillimetres);
    }
}
