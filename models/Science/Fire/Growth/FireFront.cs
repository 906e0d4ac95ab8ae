using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Growth;

/// <summary>One side of the fire: head, flank or back.</summary>
/// <param name="RateOfSpread">Rate of spread at equilibrium, m/min.</param>
/// <param name="RateNow">Rate of spread at the elapsed time, m/min.</param>
/// <param name="CrownFractionBurned">Crown fraction burned, 0 to 1.</param>
/// <param name="Consumption">Total fuel consumption, kg/m².</param>
/// <param name="MinutesToCrowning">Minutes until the crowns catch; 0 where they do not.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FireFront(
    double RateOfSpread, double RateNow, double CrownFractionBurned, double Consumption, double MinutesToCrowning)
{
    /// <summary>Intensity at equilibrium, kW/m.</summary>
    public double Intensity => 300 * Consumption * RateOfSpread;
}
