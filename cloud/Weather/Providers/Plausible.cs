using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>
/// Leaves out values that cannot be, or cannot be understood, and counts them. The limits lie just beyond the records of the World
/// Meteorological Organization's archive of weather extremes (−89.2 to 56.7 °C, gust 408 km/h, 305 mm in 42 min, 870 to 1084 hPa) and the
/// solar constant (1361 W/m²).
/// </summary>
internal sealed class Plausible
{
    /// <summary>Number of values that were left out.</summary>
    public int Refused { get; private set; }

    /// <summary>First value left out because it is told in a way we do not know; null when there is none.</summary>
    public (WeatherFault Fault, string Detail)? Unknown { get; private set; }

    /// <summary>Leaves out a value that the provider itself rejects.</summary>
    public void LeaveOut() => Refused++;

    /// <summary>Leaves out a value told in a way we do not know: an unknown word, flag or unit never becomes a number.</summary>
    public void LeaveOut(WeatherFault fault, string detail)
    {
        Refused++;
        Unknown ??= (fault, detail);
    }

    public WeatherHour Check(WeatherHour hour) => hour with
    {
        TemperatureCelsius = Within(hour.TemperatureCelsius, -90, 60),
        HumidityPercent = Within(hour.HumidityPercent, 0, 100.5) is { } humidity ? Math.Min(humidity, 100) : null,
        PrecipitationMillimetres = Within(hour.PrecipitationMillimetres, 0, 500),
        WindKilometresPerHour = Within(hour.WindKilometresPerHour, 0, 410),
        GustKilometresPerHour = Within(hour.GustKilometresPerHour, 0, 410),
        WindDirectionDegrees = Within(hour.WindDirectionDegrees, 0, 360),
        PressureHectopascals = Within(hour.PressureHectopascals, 860, 1090),
        RadiationWattsPerSquareMetre = Within(hour.RadiationWattsPerSquareMetre, 0, 1500),
    };

    private double? Within(double? value, double least, double most)
    {
        if (value is null || (value >= least && value <= most))
            return value;
        Refused++;
        return null;
    }
}
