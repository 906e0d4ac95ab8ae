using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Vectorised;
using static IotGateway.Science.Fire.Vectorised.LaneMath;

namespace IotGateway.Science.Fire.Fuels;

/// <summary>Fuel consumed by a fire, kg/m² (ST-X-3, eq. 9 to 25, 66 and 67; C-1 as in GLC-X-10).</summary>
public static class FuelConsumption
{
    /// <summary>Surface fuel consumption of a stand, kg/m²; 0 where nothing burns.</summary>
    /// <param name="stand">The fuel type with its composition.</param>
    /// <param name="ffmc">FFMC, 0 to 101.</param>
    /// <param name="bui">BUI, 0 to 20000.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double Surface(in Stand stand, double ffmc, double bui)
    {
        stand.Validate();
        Check.Within(ffmc, 0, 101, "FFMC");
        Check.Within(bui, 0, 20_000, "BUI");
        return SurfaceUnchecked(stand, ffmc, bui).First;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Lanes SurfaceUnchecked(in Stand stand, Lanes ffmc, Lanes bui) => stand.Fuel switch
    {
        FuelType.C1 => 0.75 + 0.75 * CopySign(Sqrt(1 - Exp(-0.23 * Abs(ffmc - 84))), ffmc - 84),
        FuelType.C2 or FuelType.M3 or FuelType.M4 => Spruce(bui),
        FuelType.C3 or FuelType.C4 => 5 * Pow(1 - Exp(-0.0164 * bui), 2.24),
        FuelType.C5 or FuelType.C6 => 5 * Pow(1 - Exp(-0.0149 * bui), 2.48),
        FuelType.C7 => 2 * (1 - Exp(-0.104 * Max(ffmc - 70, 0))) + 1.5 * (1 - Exp(-0.0201 * bui)),
        FuelType.D1 => Aspen(bui),
        FuelType.M1 or FuelType.M2 =>
            stand.ConiferPercent / 100 * Spruce(bui) + (1 - stand.ConiferPercent / 100) * Aspen(bui),
        FuelType.O1a or FuelType.O1b => stand.GrassLoad,
        FuelType.S1 => 4 * (1 - Exp(-0.025 * bui)) + 4 * (1 - Exp(-0.034 * bui)),
        FuelType.S2 => 10 * (1 - Exp(-0.013 * bui)) + 6 * (1 - Exp(-0.060 * bui)),
        FuelType.S3 => 12 * (1 - Exp(-0.0166 * bui)) + 20 * (1 - Exp(-0.0210 * bui)),
        _ => 0,
    };

    /// <summary>Crown fuel consumption, kg/m² (eq. 66), of a crown fraction burned.</summary>
    internal static Lanes Crown(in Stand stand, Lanes crownFractionBurned)
    {
        var load = stand.CrownLoad ?? FuelConstants.Of(stand.Fuel).CrownLoad;
        return crownFractionBurned * load * stand.Fuel switch
        {
            FuelType.M1 or FuelType.M2 => stand.ConiferPercent / 100,
            FuelType.M3 or FuelType.M4 => stand.DeadFirPercent / 100,
            _ => 1,
        };
    }

    private static Lanes Spruce(Lanes bui) => 5 * (1 - Exp(-0.0115 * bui));

    private static Lanes Aspen(Lanes bui) => 1.5 * (1 - Exp(-0.0183 * bui));
}
