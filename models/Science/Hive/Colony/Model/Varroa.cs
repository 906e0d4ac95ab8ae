using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>Mites on bees and in sealed cells.</summary>
internal static class Varroa
{
    /// <summary>
    /// Mothers and daughters leave the cells that open. Drone cells, sealed two days longer, are taken to open with the workers' of their
    /// day.
    /// </summary>
    public static void Emerge(ref ColonyState colony, double emerging, in ColonyWeather weather, ref Turnover turnover)
    {
        colony.YoungestMothers = colony.YoungestMothers + 1 == MiteBiology.SealedDays ? 0 : colony.YoungestMothers + 1;
        var mothers = colony.Mothers[colony.YoungestMothers];
        colony.Mothers[colony.YoungestMothers] = 0;
        if (mothers <= 0)
            return;
        var drones = DroneWeight(weather) / (DroneWeight(weather) + MiteBiology.WorkerInvasion);
        var inACell = emerging > 0 ? mothers * (1 - drones) / emerging : 0;
        var daughters = mothers * Math.Exp(colony.Breeding) / (1 + (inACell / MiteBiology.CrowdedMothers))
            * (((1 - drones) * MiteBiology.WorkerDaughters) + (drones * MiteBiology.DroneDaughters));
        colony.Infested += emerging * (1 - Math.Exp(-inACell));
        colony.MitesOnBees += (mothers * MiteBiology.MotherSurvival) + daughters;
        turnover.MitesBorn += daughters;
        turnover.MitesDied += mothers * (1 - MiteBiology.MotherSurvival);
    }

    /// <summary>A day on the bees: some enter the cells that are sealed, some die, some come; a treatment kills.</summary>
    public static void Live(
        ref ColonyState colony, in ColonyDay day, double flight, bool brood, in Chance chance, ref Turnover turnover)
    {
        Treat(ref colony, day.Work, chance, ref turnover);
        var sealing = colony.Cells[colony.PlaceOf(BeeBiology.DaysToSeal)];
        if (sealing > 0)
        {
            var rate = sealing * (MiteBiology.WorkerInvasion + DroneWeight(day.Weather)) / (colony.Bees * BeeBiology.BeeGrams);
            var entering = colony.MitesOnBees * (1 - Math.Exp(-rate));
            colony.Mothers[colony.YoungestMothers] = entering;
            colony.MitesOnBees -= entering;
        }

        var came = MiteBiology.ComingADay * flight;
        var left = colony.MitesOnBees * (1 - (brood ? MiteBiology.LossWithBrood : MiteBiology.LossWithoutBrood));
        var now = (left * Math.Exp(Wander.MitesADay * chance.Mites)) + came;
        turnover.MitesDied += colony.MitesOnBees - left + Math.Max(left + came - now, 0);
        turnover.MitesCame += came + Math.Max(now - left - came, 0);
        colony.MitesOnBees = now;
    }

    private static void Treat(ref ColonyState colony, in HiveWork work, in Chance chance, ref Turnover turnover)
    {
        if (work.TreatmentBegins)
            colony.Exposure = Wander.Treatment * chance.Mites;
        if (work.KilledOnBees <= 0 && work.KilledInCells <= 0)
            return;
        var strength = Math.Exp(colony.Exposure);
        var dead = colony.MitesOnBees * (1 - Math.Pow(1 - work.KilledOnBees, strength));
        colony.MitesOnBees -= dead;
        var keptInCells = Math.Pow(1 - work.KilledInCells, strength);
        for (var i = 0; i < MiteBiology.SealedDays; i++)
        {
            dead += colony.Mothers[i] * (1 - keptInCells);
            colony.Mothers[i] *= keptInCells;
        }

        turnover.MitesDied += dead;
    }

    private static double DroneWeight(in ColonyWeather weather) =>
        weather.DaylightHours >= MiteBiology.DroneDaylightHours ? MiteBiology.DroneInvasion * MiteBiology.DroneShare : 0;
}
