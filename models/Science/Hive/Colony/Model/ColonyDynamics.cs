using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>
/// A day of a colony: Khoury et al. 2011 and 2013 with brood by age in place of its mean, and the mites of Fries et al. 1994 and Calis et
/// al. 1999 in it. All that comes and goes is booked, so that bees, grams and mites balance.
/// </summary>
internal static class ColonyDynamics
{
    /// <summary>
    /// Steps a colony over a day. Where a scale told the day's gain, what was found outside is drawn as the gain has it, and the answer is
    /// the logarithm of the gain's likelihood without it; else 0.
    /// </summary>
    public static double Step(ref ColonyState colony, in ColonyDay day, in Chance chance, ref Turnover turnover)
    {
        var weather = day.Weather;
        colony.WarmthCelsius += (weather.MeanCelsius - colony.WarmthCelsius) / SeasonBiology.WarmthDays;
        if (colony.IsDead)
            return Larder.Likelihood(chance.Gain, 0, 0);
        colony.Laying = Wander.Laying.Next(colony.Laying, chance.Laying);
        colony.Loss = Wander.Loss.Next(colony.Loss, chance.Loss);
        colony.Breeding = Wander.Breeding.Next(colony.Breeding, chance.Breeding);
        var flight = Math.Min(weather.FlightHours / BeeBiology.FullFlightHours, 1.5);
        var before = colony.Bees;

        Nursery.PassQueens(ref colony, weather, chance.Uniform);
        var emerging = Nursery.Age(ref colony, Nursery.Laid(colony, weather), ref turnover);
        Varroa.Emerge(ref colony, emerging, weather, ref turnover);
        colony.House += emerging;
        var open = colony.OpenCells;
        Forage(ref colony, flight);
        Die(ref colony, weather, flight, open, ref turnover);
        Drift(ref colony, chance.Bees, ref turnover);
        Varroa.Live(ref colony, day, flight, open > 0, chance, ref turnover);
        var likelihood = Larder.Pass(ref colony, day, flight, open, before, chance, ref turnover);
        if (colony.Bees < BeeBiology.FewestBees)
            End(ref colony, ref turnover);
        return likelihood;
    }

    /// <summary>House bees begin to forage, the more the fewer forage and the less there is to eat; or foragers turn back.</summary>
    private static void Forage(ref ColonyState colony, double flight)
    {
        var recruitment = BeeBiology.Recruitment + (BeeBiology.HungryRecruitment * (1 - Nursery.Fed(colony.StoresGrams)))
            - (BeeBiology.Inhibition * colony.Foragers / colony.Bees);
        var moved = Math.Max(colony.House * recruitment * (recruitment > 0 ? Math.Min(flight, 1) : 1), -colony.Foragers);
        colony.House -= moved;
        colony.Foragers += moved;
    }

    private static void Die(ref ColonyState colony, in ColonyWeather weather, double flight, double open, ref Turnover turnover)
    {
        var bees = colony.Bees;
        var pace = Math.Exp(colony.Loss);
        var cold = Math.Clamp((SeasonBiology.ClusterCelsius - weather.MeanCelsius) / SeasonBiology.ClusterCelsius, 0, 1);
        var small = BeeBiology.SmallCluster / bees;
        var viruses = 1 + (MiteBiology.VirusLoss * Math.Min(colony.MitesOnBees / bees, 1));
        var rearing = BeeBiology.RearingLoss * Math.Min(open / bees, 1);
        var rate = pace * viruses * ((BeeBiology.HouseLoss * (1 + (cold * small * small))) + rearing);
        var infestedRate = rate * (1 + MiteBiology.InfestedLoss);
        var forageRate = pace * Math.Max(BeeBiology.ForagerLoss * flight, BeeBiology.RestingForagerLoss);
        var (sound, infested, foraging) = (1 / (1 + rate), 1 / (1 + infestedRate), 1 / (1 + forageRate));
        var share = colony.Infested / bees;
        var kept = ((1 - share) * sound) + (share * infested);
        colony.Infested *= infested * (1 - (colony.Foragers / bees * (1 - foraging)));
        colony.House *= kept;
        colony.Foragers *= kept * foraging;
        turnover.BeesDied += bees - colony.Bees;
    }

    /// <summary>Bees drift between hives, and some are lost for no reason that the model has.</summary>
    private static void Drift(ref ColonyState colony, double normal, ref Turnover turnover)
    {
        var factor = Math.Exp(Wander.BeesADay * normal);
        var came = (factor - 1) * colony.Bees;
        turnover.BeesCame += Math.Max(came, 0);
        turnover.BeesDied += Math.Max(-came, 0);
        colony.House *= factor;
        colony.Foragers *= factor;
        colony.Infested *= factor;
    }

    private static void End(ref ColonyState colony, ref Turnover turnover)
    {
        turnover.BeesDied += colony.Bees;
        turnover.BroodDied += colony.BroodCells;
        turnover.MitesDied += colony.MitesOnBees + colony.MitesInCells;
        (colony.House, colony.Foragers, colony.Infested, colony.MitesOnBees) = (0, 0, 0, 0);
        colony.Cells = default;
        colony.Mothers = default;
    }
}
