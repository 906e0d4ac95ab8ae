using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Vectorised;
using static System.Math;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>Onset of crown fire over a surface fire, and the share of the crowns it takes (ST-X-3, eq. 56 to 61).</summary>
internal static class CrownFire
{
    /// <summary>Critical surface fire intensity, kW/m (CSI, eq. 56).</summary>
    public static double CriticalIntensity(double crownBaseMetres, double foliarMoisture)
    {
        var energy = crownBaseMetres * (460 + 25.9 * foliarMoisture);
        return 0.001 * energy * Sqrt(energy);
    }

    /// <summary>Critical surface rate of spread, m/min (RSO, eq. 57).</summary>
    public static Lanes CriticalRate(double criticalIntensity, Lanes surfaceConsumption) =>
        criticalIntensity / (300 * surfaceConsumption);

    /// <summary>Crown fraction burned, 0 to 1 (CFB, eq. 58).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes FractionBurned(Lanes rate, Lanes criticalRate) => 1 - LaneMath.Exp(-0.23 * LaneMath.Max(rate - criticalRate, 0));

    /// <summary>Rate of spread of a crown fire in a plantation, m/min (C-6, eq. 61 and 64).</summary>
    public static Lanes PlantationRate(Lanes isi, double foliarMoisture)
    {
        var effect = 1000 * Pow(1.5 - 0.00275 * foliarMoisture, 4) / (460 + 25.9 * foliarMoisture);
        return 60 * effect / 0.778 * (1 - LaneMath.Exp(-0.0497 * isi));
    }
}
