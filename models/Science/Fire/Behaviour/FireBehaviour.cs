using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>The primary outputs of the FBP System: the head of a fire at equilibrium.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FireBehaviour
{
    /// <summary>Head fire rate of spread, m/min (ROS).</summary>
    public double RateOfSpread { get; init; }

    /// <summary>Crown fraction burned, 0 to 1 (CFB).</summary>
    public double CrownFractionBurned { get; init; }

    /// <summary>Surface fuel consumption, kg/m² (SFC).</summary>
    public double SurfaceConsumption { get; init; }

    /// <summary>Crown fuel consumption, kg/m² (CFC).</summary>
    public double CrownConsumption { get; init; }

    /// <summary>Direction in which the head runs, degrees clockwise from north (RAZ).</summary>
    public double SpreadAzimuthDegrees { get; init; }

    /// <summary>Net effective wind of wind and slope, km/h (WSV).</summary>
    public double NetWindKilometresPerHour { get; init; }

    /// <summary>ISI with the net effective wind.</summary>
    public double Isi { get; init; }

    /// <summary>Buildup effect (BE), the factor on the rate of spread.</summary>
    public double BuildupEffect { get; init; }

    /// <summary>Critical surface fire intensity, kW/m (CSI); 0 without crowns.</summary>
    public double CriticalIntensity { get; init; }

    /// <summary>Critical rate of spread for crowning, m/min (RSO); 0 without crowns.</summary>
    public double CriticalRate { get; init; }

    /// <summary>Total fuel consumption, kg/m² (TFC).</summary>
    public double TotalConsumption => SurfaceConsumption + CrownConsumption;

    /// <summary>Head fire intensity, kW/m (HFI): Byram's, with 18 000 kJ/kg.</summary>
    public double HeadFireIntensity => 300 * TotalConsumption * RateOfSpread;

    /// <summary>Surface, intermittent or crown fire.</summary>
    public FireDescription Description => RateOfSpread <= 0 ? FireDescription.None
        : CrownFractionBurned < 0.1 ? FireDescription.Surface
        : CrownFractionBurned < 0.9 ? FireDescription.Intermittent
        : FireDescription.Crown;
}
