using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Behaviour;

namespace IotGateway.Science.Fire.Spread;

/// <summary>The weather that stands for one hour of a spreading fire.</summary>
/// <param name="Weather">Codes and wind.</param>
/// <param name="FoliarMoisturePercent">Foliar moisture, %, 50 to 300.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HourOfWeather(BehaviourWeather Weather, double FoliarMoisturePercent)
{
    /// <summary>Refuses weather that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void Validate()
    {
        Weather.Validate();
        Check.Within(FoliarMoisturePercent, 50, 300, "foliar moisture (%)");
    }
}
