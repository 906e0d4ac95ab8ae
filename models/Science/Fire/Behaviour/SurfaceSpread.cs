using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Vectorised;

namespace IotGateway.Science.Fire.Behaviour;

/// <summary>
/// Rate of spread of the surface and continuous-crown fuel types, m/min, before the buildup effect
/// (RSI, ST-X-3 eq. 26 to 38; mixedwoods with dead fir and grass curing as in GLC-X-10).
/// </summary>
internal static class SurfaceSpread
{
    /// <summary>RSI of a stand that burns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Rate(in Stand stand, Lanes isi)
    {
        ref readonly var fuel = ref FuelConstants.Of(stand.Fuel);
        if (IsMixture(stand.Fuel))
            return MixedRate(stand, fuel, isi);
        var rate = fuel.Rate(isi);
        return stand.Fuel is FuelType.O1a or FuelType.O1b ? rate * Curing(stand.CuringPercent) : rate;
    }

    /// <summary>
    /// The ISI at which the wind alone would give the rate that slope gives a calm day (ISF, eq. 41 to 43 as
    /// revised in GLC-X-10: mixtures invert each component and then mix).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes SlopeIsi(in Stand stand, Lanes calmIsi, Lanes logarithmOfSlopeFactor)
    {
        ref readonly var fuel = ref FuelConstants.Of(stand.Fuel);
        return IsMixture(stand.Fuel)
            ? MixedSlopeIsi(stand, fuel, calmIsi, logarithmOfSlopeFactor)
            : fuel.IsiOfSteeper(calmIsi, logarithmOfSlopeFactor);
    }

    /// <summary>Curing coefficient of grass (GLC-X-10, eq. 35a and 35b), 0 to 1.</summary>
    public static double Curing(double percent) => percent < 58.8
        ? 0.005 * (Math.Exp(0.061 * percent) - 1)
        : 0.176 + 0.02 * (percent - 58.8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lanes MixedRate(in Stand stand, in FuelConstants fuel, Lanes isi)
    {
        var aspen = stand.Fuel is FuelType.M2 or FuelType.M4 ? 0.2 : 1;
        return Mix(stand, fuel.Rate(isi), aspen * FuelConstants.Of(FuelType.D1).Rate(isi));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Lanes MixedSlopeIsi(in Stand stand, in FuelConstants fuel, Lanes calmIsi, Lanes logarithm) => Mix(
        stand, fuel.IsiOfSteeper(calmIsi, logarithm), FuelConstants.Of(FuelType.D1).IsiOfSteeper(calmIsi, logarithm));

    private static bool IsMixture(FuelType fuel) => fuel is FuelType.M1 or FuelType.M2 or FuelType.M3 or FuelType.M4;

    private static Lanes Mix(in Stand stand, Lanes first, Lanes aspen)
    {
        var share = (stand.Fuel is FuelType.M1 or FuelType.M2 ? stand.ConiferPercent : stand.DeadFirPercent) / 100;
        return share * first + (1 - share) * aspen;
    }
}
