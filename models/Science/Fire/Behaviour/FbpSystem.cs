using System.Runtime.CompilerServices;
using static System.Math;

namespace IotGateway.Science.Fire;

/// <summary>
/// The Canadian Forest Fire Behaviour Prediction System (Forestry Canada Fire Danger Group 1992, ST-X-3;
/// Wotton, Alexander and Taylor 2009, GLC-X-10). Its rates of spread are the mean of fires that scatter
/// widely: see docs/science/fire.md before one figure is taken for the truth.
/// </summary>
public static class FbpSystem
{
    /// <summary>The head of a fire at equilibrium. Allocates nothing; all zero where nothing burns.</summary>
    /// <param name="stand">What burns.</param>
    /// <param name="weather">Danger codes and wind.</param>
    /// <param name="terrain">Slope and aspect.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 50 to 300; see <see cref="FoliarMoisture"/>.</param>
    /// <param name="buildupEffect">Whether the buildup effect is applied. The default value is true.</param>
    /// <exception cref="FireInputException">A value is outside its range.</exception>
    public static FireBehaviour Predict(
        in Stand stand, in BehaviourWeather weather, in Terrain terrain, double foliarMoisturePercent, bool buildupEffect = true)
    {
        stand.Validate();
        weather.Validate();
        terrain.Validate();
        Check.Within(foliarMoisturePercent, 50, 300, "foliar moisture (%)");
        if (!stand.Burns)
            return default;

        var fuelFactor = InitialSpreadIndex.FuelFactor(weather.Ffmc);
        var effect = buildupEffect ? FuelConstants.Of(stand.Fuel).BuildupEffect(weather.Bui) : 1;
        var consumption = FuelConsumption.SurfaceUnchecked(stand, weather.Ffmc, weather.Bui);
        var wind = SlopeWind.Of(stand, weather, terrain, fuelFactor);
        var isi = 0.208 * InitialSpreadIndex.BehaviourWindFactor(wind.NetWind) * fuelFactor;
        return Spread(stand, isi, effect, consumption, foliarMoisturePercent, wind);
    }

    /// <summary>Head fire rate of spread for a given ISI, m/min, when the fuel consumed is known already; 0 where nothing burns.</summary>
    /// <param name="stand">What burns.</param>
    /// <param name="isi">ISI, 0 to 1000.</param>
    /// <param name="bui">BUI, 0 to 20000.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 0 to 500; of use in C-6 only.</param>
    /// <param name="surfaceConsumption">Surface fuel consumption, kg/m², 0 to 100000; of use in C-6 only.</param>
    /// <exception cref="FireInputException">A value is outside its range.</exception>
    public static double RateOfSpread(in Stand stand, double isi, double bui, double foliarMoisturePercent, double surfaceConsumption)
    {
        stand.Validate();
        Check.Within(isi, 0, 1000, "ISI");
        Check.Within(bui, 0, 20_000, "BUI");
        Check.Within(foliarMoisturePercent, 0, 500, "foliar moisture (%)");
        Check.Within(surfaceConsumption, 0, 100_000, "surface fuel consumption (kg/m²)");
        return stand.Burns
            ? Spread(stand, isi, FuelConstants.Of(stand.Fuel).BuildupEffect(bui), surfaceConsumption, foliarMoisturePercent).RateOfSpread
            : 0;
    }

    /// <summary>
    /// The rate of spread and the crown's part for a given ISI, which is the same question at the head and at
    /// the back. C-6 has two equilibria, one on the ground and one in the crowns, and burns between them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FireBehaviour Spread(in Stand stand, double isi, double effect, double consumption, double foliarMoisture, SlopeWind wind = default)
    {
        ref readonly var fuel = ref FuelConstants.Of(stand.Fuel);
        var rate = SurfaceSpread.Rate(stand, isi) * effect;
        double criticalIntensity = 0, criticalRate = 0, fraction = 0;
        if (fuel.CrownLoad > 0 && consumption > 0)
        {
            criticalIntensity = CrownFire.CriticalIntensity(stand.CrownBaseMetres ?? fuel.CrownBaseMetres, foliarMoisture);
            criticalRate = CrownFire.CriticalRate(criticalIntensity, consumption);
            fraction = CrownFire.FractionBurned(rate, criticalRate);
            if (stand.Fuel == FuelType.C6 && fraction > 0)
            {
                var crownRate = CrownFire.PlantationRate(isi, foliarMoisture);
                rate += fraction * Max(crownRate - rate, 0);
            }
        }

        return new FireBehaviour
        {
            RateOfSpread = rate,
            CrownFractionBurned = fraction,
            SurfaceConsumption = consumption,
            CrownConsumption = fraction > 0 ? FuelConsumption.Crown(stand, fraction) : 0,
            BuildupEffect = effect,
            CriticalIntensity = criticalIntensity,
            CriticalRate = criticalRate,
            SpreadAzimuthDegrees = wind.SpreadAzimuth * (180 / PI),
            NetWindKilometresPerHour = wind.NetWind,
            Isi = isi,
        };
    }
}
