using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>The weather that drives a fire, with the danger codes that carry its past.</summary>
/// <param name="Ffmc">FFMC of the hour or of the day, 0 to 101.</param>
/// <param name="Bui">BUI of the day, 0 to 20000.</param>
/// <param name="WindKilometresPerHour">Wind at 10 m, km/h, 0 to 300.</param>
/// <param name="WindDirectionDegrees">Where the wind comes from, degrees clockwise from north, 0 to 360.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BehaviourWeather(double Ffmc, double Bui, double WindKilometresPerHour, double WindDirectionDegrees)
{
    /// <summary>Refuses weather that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range, or is not a number.</exception>
    public void Validate()
    {
        Check.Within(Ffmc, 0, 101, "FFMC");
        Check.Within(Bui, 0, 20_000, "BUI");
        Check.Wind(WindKilometresPerHour);
        Check.Within(WindDirectionDegrees, 0, 360, "wind direction (degrees)");
    }
}
