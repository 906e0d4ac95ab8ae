using System.Runtime.CompilerServices;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Vectorised;

namespace IotGateway.Science.Fire.Behaviour;

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
    /// <exception cref="InputException">A value is outside its range.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FireBehaviour Predict(
        in Stand stand, in BehaviourWeather weather, in Terrain terrain, double foliarMoisturePercent, bool buildupEffect = true)
    {
        stand.Validate();
        Check.Within(foliarMoisturePercent, 50, 300, "foliar moisture (%)");
        weather.Validate();
        terrain.Validate();
        if (!stand.Burns)
            return default;
        var heads = Heads(stand, LaneFires.One(weather, terrain), foliarMoisturePercent, buildupEffect, out var wind);
        return heads.Fire(0, wind);
    }

    /// <summary>
    /// The heads of many fires in one stand, as if each were asked for alone, but four at a time. Allocates nothing.
    /// </summary>
    /// <param name="stand">What burns.</param>
    /// <param name="weathers">Danger codes and wind of each fire.</param>
    /// <param name="terrains">Slope and aspect of each fire.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 50 to 300; see <see cref="FoliarMoisture"/>.</param>
    /// <param name="heads">Takes the heads; as long as the others.</param>
    /// <param name="buildupEffect">Whether the buildup effect is applied. The default value is true.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void PredictMany(
        in Stand stand, ReadOnlySpan<BehaviourWeather> weathers, ReadOnlySpan<Terrain> terrains, double foliarMoisturePercent,
        Span<FireBehaviour> heads, bool buildupEffect = true)
    {
        if (terrains.Length != weathers.Length || heads.Length != weathers.Length)
            throw new ArgumentException("weathers, terrains and heads must be of one length", nameof(heads));
        stand.Validate();
        Check.Within(foliarMoisturePercent, 50, 300, "foliar moisture (%)");
        for (var start = 0; start < weathers.Length; start += Lanes.Count)
        {
            var count = Math.Min(Lanes.Count, weathers.Length - start);
            PredictFew(
                stand, weathers.Slice(start, count), terrains.Slice(start, count), foliarMoisturePercent, heads.Slice(start, count),
                buildupEffect);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PredictFew(
        in Stand stand, ReadOnlySpan<BehaviourWeather> weathers, ReadOnlySpan<Terrain> terrains, double foliarMoisturePercent,
        Span<FireBehaviour> heads, bool buildupEffect)
    {
        for (var i = 0; i < weathers.Length; i++)
        {
            weathers[i].Validate();
            terrains[i].Validate();
        }

        if (!stand.Burns)
        {
            heads.Clear();
            return;
        }

        var four = Heads(stand, LaneFires.Of(weathers, terrains), foliarMoisturePercent, buildupEffect, out var wind);
        for (var i = 0; i < heads.Length; i++)
            heads[i] = four.Fire(i, wind);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneHeads Heads(in Stand stand, in LaneFires fires, double foliarMoisturePercent, bool buildupEffect, out SlopeWind wind)
    {
        var fuelFactor = InitialSpreadIndex.FuelFactor(fires.Ffmc);
        wind = SlopeWind.Of(stand, fires, fuelFactor);
        var isi = 0.208 * InitialSpreadIndex.BehaviourWindFactor(wind.NetWind) * fuelFactor;
        var effect = buildupEffect ? FuelConstants.Of(stand.Fuel).BuildupEffect(fires.Bui) : 1;
        var consumption = FuelConsumption.SurfaceUnchecked(stand, fires.Ffmc, fires.Bui);
        return Spread(stand, isi, effect, consumption, foliarMoisturePercent);
    }

    /// <summary>Head fire rate of spread for a given ISI, m/min, when the fuel consumed is known already; 0 where nothing burns.</summary>
    /// <param name="stand">What burns.</param>
    /// <param name="isi">ISI, 0 to 1000.</param>
    /// <param name="bui">BUI, 0 to 20000.</param>
    /// <param name="foliarMoisturePercent">Foliar moisture, %, 0 to 500; of use in C-6 only.</param>
    /// <param name="surfaceConsumption">Surface fuel consumption, kg/m², 0 to 100000; of use in C-6 only.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static double RateOfSpread(in Stand stand, double isi, double bui, double foliarMoisturePercent, double surfaceConsumption)
    {
        stand.Validate();
        Check.Within(isi, 0, 1000, "ISI");
        Check.Within(bui, 0, 20_000, "BUI");
        Check.Within(foliarMoisturePercent, 0, 500, "foliar moisture (%)");
        Check.Within(surfaceConsumption, 0, 100_000, "surface fuel consumption (kg/m²)");
        return stand.Burns
            ? Spread(
                stand, isi, FuelConstants.Of(stand.Fuel).BuildupEffect(bui), surfaceConsumption, foliarMoisturePercent).RateOfSpread.First
            : 0;
    }

    /// <summary>The rate of spread of the back of a fire whose head is known, m/min.</summary>
    internal static double BackRate(in Stand stand, in BehaviourWeather weather, in FireBehaviour head, double foliarMoisturePercent)
    {
        var isi = 0.208 * InitialSpreadIndex.FuelFactor((Lanes)weather.Ffmc) * LaneMath.Exp(-0.05039 * head.NetWindKilometresPerHour);
        var back = Spread(stand, isi, head.BuildupEffect, head.SurfaceConsumption, foliarMoisturePercent).RateOfSpread.First;
        return Math.Min(back, head.RateOfSpread); // equal on a calm day, but for the last digit
    }

    /// <summary>
    /// The rate of spread and the crown's part for a given ISI, which is the same question at the head and at
    /// the back. C-6 has two equilibria, one on the ground and one in the crowns, and burns between them.
    /// </summary>
    private static LaneHeads Spread(in Stand stand, Lanes isi, Lanes effect, Lanes consumption, double foliarMoisture)
    {
        ref readonly var fuel = ref FuelConstants.Of(stand.Fuel);
        var rate = SurfaceSpread.Rate(stand, isi) * effect;
        Lanes criticalIntensity = 0, criticalRate = 0, fraction = 0, crownConsumption = 0;
        if (fuel.CrownLoad > 0)
        {
            var consumes = consumption > 0;
            var intensity = CrownFire.CriticalIntensity(stand.CrownBaseMetres ?? fuel.CrownBaseMetres, foliarMoisture);
            criticalIntensity = LaneMath.Where(consumes, intensity, 0);
            criticalRate = LaneMath.Where(consumes, CrownFire.CriticalRate(intensity, consumption), 0);
            fraction = LaneMath.Where(consumes, CrownFire.FractionBurned(rate, criticalRate), 0);
            if (stand.Fuel == FuelType.C6)
            {
                // Moist crowns may carry a fire more slowly than the ground: then it stays on the ground (eq. 65).
                var faster = LaneMath.Max(CrownFire.PlantationRate(isi, foliarMoisture) - rate, 0);
                fraction = LaneMath.Where(faster > 0, fraction, 0);
                rate += fraction * faster;
            }

            crownConsumption = FuelConsumption.Crown(stand, fraction);
        }

        return new LaneHeads(rate, fraction, consumption, crownConsumption, effect, criticalIntensity, criticalRate, isi);
    }
}
