using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Behaviour;

namespace IotGateway.Science.Fire.Spread;

/// <summary>Difference of one member of an ensemble from the forecast, for its whole run.</summary>
/// <param name="WindFactor">Factor on the wind speed.</param>
/// <param name="WindTurnDegrees">Degrees by which the wind direction is turned clockwise.</param>
/// <param name="FfmcShift">Points added to the FFMC.</param>
/// <param name="RateFactor">Factor on all rates of spread.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Disturbance(double WindFactor, double WindTurnDegrees, double FfmcShift, double RateFactor)
{
    /// <summary>The forecast as it is.</summary>
    public static Disturbance None => new(1, 0, 0, 1);

    /// <summary>The disturbed weather, kept within what the equations allow.</summary>
    public BehaviourWeather Of(in BehaviourWeather forecast)
    {
        var direction = (forecast.WindDirectionDegrees + WindTurnDegrees) % 360;
        return forecast with
        {
            Ffmc = Math.Clamp(forecast.Ffmc + FfmcShift, 0, 101),
            WindKilometresPerHour = Math.Clamp(forecast.WindKilometresPerHour * WindFactor, 0, 300),
            WindDirectionDegrees = direction < 0 ? direction + 360 : direction,
        };
    }
}
