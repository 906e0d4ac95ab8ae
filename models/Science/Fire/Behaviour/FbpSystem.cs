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
    /// <summary>Fires whose intermediate results lie on the stack at once.</summary>
    private const int Block = 64;

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
        Check.Within(foliarMoisturePercent, 50, 300, "foliar moisture (%)");
        weather.Validate();
        terrain.Validate();
        if (!stand.Burns)
            return default;

        var fuelFactor = InitialSpreadIndex.FuelFactor(weather.Ffmc);
        var wind = SlopeWind.Of(stand, weather, terrain, fuelFactor);
        return Head(stand, weather, fuelFactor, wind, foliarMoisturePercent, buildupEffect);
    }

    /// <summary>
    /// The heads of many fires in one stand, as if each were asked for alone, but sooner: the equations of one fire
    /// wait for each other, and those of different fires do not. Allocates nothing.
    /// </summary>
    /// <param name="stand">What burns.</param>
    /// <param name="weathers">Danger codes and wind of each fire.</param>
    /// <param name="terrains">Slope and aspect of each fire.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 50 to 300; see <see cref="FoliarMoisture"/>.</param>
    /// <param name="heads">Takes the heads; as long as the others.</param>
    /// <param name="buildupEffect">Whether the buildup effect is applied. The default value is true.</param>
    /// <exception cref="FireInputException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void PredictMany(
        in Stand stand, ReadOnlySpan<BehaviourWeather> weathers, ReadOnlySpan<Terrain> terrains, double foliarMoisturePercent,
        Span<FireBehaviour> heads, bool buildupEffect = true)
    {
        if (terrains.Length != weathers.Length || heads.Length != weathers.Length)
            throw new ArgumentException("weathers, terrains and heads must be of one length", nameof(heads));
        stand.Validate();
        Check.Within(foliarMoisturePercent, 50, 300, "foliar moisture (%)");
        Span<double> fuelFactors = stackalloc double[Block];
        Span<SlopeWind> winds = stackalloc SlopeWind[Block];
        for (var start = 0; start < weathers.Length; start += Block)
        {
            var block = Min(Block, weathers.Length - start);
            PredictBlock(
                stand, weathers.Slice(start, block), terrains.Slice(start, block), foliarMoisturePercent,
                heads.Slice(start, block), buildupEffect, fuelFactors, winds);
        }
    }

    /// <summary>One short loop for each step, so that the processor sees several fires at once.</summary>
    private static void PredictBlock(
        in Stand stand, ReadOnlySpan<BehaviourWeather> weathers, ReadOnlySpan<Terrain> terrains, double foliarMoisturePercent,
        Span<FireBehaviour> heads, bool buildupEffect, Span<double> fuelFactors, Span<SlopeWind> winds)
    {
        for (var i = 0; i < weathers.Length; i++)
        {
            weathers[i].Validate();
            terrains[i].Validate();
            fuelFactors[i] = InitialSpreadIndex.FuelFactor(weathers[i].Ffmc);
        }

        if (!stand.Burns)
        {
            heads.Clear();
            return;
        }

        for (var i = 0; i < weathers.Length; i++)
            winds[i] = SlopeWind.Of(stand, weathers[i], terrains[i], fuelFactors[i]);
        for (var i = 0; i < weathers.Length; i++)
            heads[i] = Head(stand, weathers[i], fuelFactors[i], winds[i], foliarMoisturePercent, buildupEffect);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FireBehaviour Head(
        in Stand stand, in BehaviourWeather weather, double fuelFactor, in SlopeWind wind, double foliarMoisturePercent, bool buildupEffect)
    {
        var netWind = wind.NetWind;
        var isi = 0.208 * InitialSpreadIndex.BehaviourWindFactor(netWind) * fuelFactor;
        var effect = buildupEffect ? FuelConstants.Of(stand.Fuel).BuildupEffect(weather.Bui) : 1;
        var consumption = FuelConsumption.SurfaceUnchecked(stand, weather.Ffmc, weather.Bui);
        // The azimuth comes last: nothing waits for it, and the processor works on it while the rate is under way.
        return Spread(stand, isi, effect, consumption, foliarMoisturePercent) with
        {
            NetWindKilometresPerHour = netWind,
            SpreadAzimuthDegrees = wind.SpreadAzimuthDegrees,
        };
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
    internal static FireBehaviour Spread(in Stand stand, double isi, double effect, double consumption, double foliarMoisture)
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
            Isi = isi,
        };
    }
}
