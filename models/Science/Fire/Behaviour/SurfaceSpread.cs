using static System.Math;

namespace IotGateway.Science.Fire;

/// <summary>
/// Rate of spread of the surface and continuous-crown fuel types, m/min, before the buildup effect
/// (RSI, ST-X-3 eq. 26 to 38; mixedwoods with dead fir and grass curing as in GLC-X-10).
/// </summary>
internal static class SurfaceSpread
{
    /// <summary>RSI of a stand that burns.</summary>
    public static double Rate(in Stand stand, double isi)
    {
        ref readonly var fuel = ref FuelConstants.Of(stand.Fuel);
        switch (stand.Fuel)
        {
            case FuelType.M1:
            case FuelType.M2:
                return Mix(stand.ConiferPercent, fuel.Rate(isi), AspenShare(stand.Fuel) * FuelConstants.Of(FuelType.D1).Rate(isi));
            case FuelType.M3:
            case FuelType.M4:
                return Mix(stand.DeadFirPercent, fuel.Rate(isi), AspenShare(stand.Fuel) * FuelConstants.Of(FuelType.D1).Rate(isi));
            case FuelType.O1a:
            case FuelType.O1b:
                return fuel.Rate(isi) * Curing(stand.CuringPercent);
            default:
                return fuel.Rate(isi);
        }
    }

    /// <summary>
    /// The ISI at which the wind alone would give the rate that slope gives a calm day (ISF, eq. 41 to 43 as
    /// revised in GLC-X-10: mixtures invert each component and then mix).
    /// </summary>
    public static double SlopeIsi(in Stand stand, double calmIsi, double logarithmOfSlopeFactor)
    {
        ref readonly var fuel = ref FuelConstants.Of(stand.Fuel);
        switch (stand.Fuel)
        {
            case FuelType.M1:
            case FuelType.M2:
                return Mix(stand.ConiferPercent, fuel.IsiOfSteeper(calmIsi, logarithmOfSlopeFactor), FuelConstants.Of(FuelType.D1).IsiOfSteeper(calmIsi, logarithmOfSlopeFactor));
            case FuelType.M3:
            case FuelType.M4:
                return Mix(stand.DeadFirPercent, fuel.IsiOfSteeper(calmIsi, logarithmOfSlopeFactor), FuelConstants.Of(FuelType.D1).IsiOfSteeper(calmIsi, logarithmOfSlopeFactor));
            default:
                return fuel.IsiOfSteeper(calmIsi, logarithmOfSlopeFactor);
        }
    }

    /// <summary>Curing coefficient of grass (GLC-X-10, eq. 35a and 35b), 0 to 1.</summary>
    public static double Curing(double percent) => percent < 58.8
        ? 0.005 * (Exp(0.061 * percent) - 1)
        : 0.176 + 0.02 * (percent - 58.8);

    private static double AspenShare(FuelType fuel) => fuel is FuelType.M2 or FuelType.M4 ? 0.2 : 1;

    private static double Mix(double percent, double first, double second) =>
        percent / 100 * first + (1 - percent / 100) * second;
}
