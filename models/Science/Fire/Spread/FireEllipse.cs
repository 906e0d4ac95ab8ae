using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Growth;
using static System.Math;

namespace IotGateway.Science.Fire.Spread;

/// <summary>The ellipse a fire at equilibrium grows by each minute, m/min, and where its head points.</summary>
/// <param name="Head">Head fire rate of spread, m/min.</param>
/// <param name="Back">Back fire rate of spread, m/min.</param>
/// <param name="Flank">Flank fire rate of spread, m/min.</param>
/// <param name="AzimuthRadians">Direction of the head, radians clockwise from north.</param>
/// <param name="HeadIntensity">Head fire intensity, kW/m.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FireEllipse(double Head, double Back, double Flank, double AzimuthRadians, double HeadIntensity)
{
    /// <summary>The ellipse of the FBP System; all zero where nothing burns.</summary>
    /// <param name="ground">Stand and terrain.</param>
    /// <param name="weather">Danger codes and wind.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 50 to 300.</param>
    /// <param name="rateFactor">A factor on all rates of spread, 0.01 to 100, for what the model does not know. The default value is
    /// 1.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static FireEllipse Of(in GroundClass ground, in BehaviourWeather weather, double foliarMoisturePercent, double rateFactor = 1)
    {
        Check.Within(rateFactor, 0.01, 100, "rate-of-spread factor");
        if (!ground.Stand.Burns)
            return default;
        var head = FbpSystem.Predict(ground.Stand, weather, ground.Terrain, foliarMoisturePercent);
        var ratio = FireShape.LengthToBreadth(ground.Stand.Fuel, head.NetWindKilometresPerHour);
        var backRate = FbpSystem.BackRate(ground.Stand, weather, head, foliarMoisturePercent);
        return new FireEllipse(
            head.RateOfSpread * rateFactor,
            backRate * rateFactor,
            (head.RateOfSpread + backRate) / (2 * ratio) * rateFactor,
            head.SpreadAzimuthDegrees * PI / 180,
            head.HeadFireIntensity * rateFactor);
    }
}
