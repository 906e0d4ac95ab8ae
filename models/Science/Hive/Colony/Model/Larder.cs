using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>Stores: what is brought in, eaten, given and taken, and what a scale tells of it.</summary>
internal static class Larder
{
    /// <summary>A day's food. Answers the logarithm of the likelihood of the gain that a scale told, 0 where there is none.</summary>
    public static double Pass(
        ref ColonyState colony, in ColonyDay day, double flight, double open, double beesBefore, in Chance chance, ref Turnover turnover)
    {
        var bloom = Nursery.Ramp(colony.WarmthCelsius, SeasonBiology.BloomCelsius, SeasonBiology.FullBloomCelsius);
        var flow = SeasonBiology.ForagerGrams * colony.Foragers * flight * bloom;
        var needed = Needed(colony.Bees, day.Weather.MeanCelsius) + (open * SeasonBiology.BroodEatsGrams);
        var usual = Wander.Forage.Kept * colony.Forage;
        var expected = (flow * (1 + usual)) - needed + (BeeBiology.BeeGrams * (colony.Bees - beesBefore));
        var likelihood = Likelihood(chance.Gain, expected, flow);
        colony.Forage = Found(usual, flow, expected, chance);

        var harvested = Math.Min(day.Work.HarvestedGrams, colony.StoresGrams);
        var gathered = Math.Max(flow * (1 + colony.Forage), -colony.StoresGrams + harvested);
        var left = colony.StoresGrams + gathered + day.Work.FedGrams - harvested - needed;
        var lack = Math.Max(-left, 0);
        colony.StoresGrams = left + lack;
        turnover.GatheredGrams += gathered;
        turnover.FedGrams += day.Work.FedGrams;
        turnover.HarvestedGrams += harvested;
        turnover.EatenGrams += needed - lack;
        if (lack > 0)
            Starve(ref colony, lack / needed, ref turnover);
        return likelihood;
    }

    /// <summary>
    /// Logarithm of the normal likelihood of a gain, but for a constant; 0 where there is none. The flow's own chance widens it.
    /// </summary>
    public static double Likelihood(in WeighedGain gain, double expectedGrams, double flowGrams)
    {
        if (double.IsNaN(gain.Grams))
            return 0;
        var variance = Variance(gain, flowGrams);
        var off = gain.Grams - expectedGrams;
        return -0.5 * ((off * off / variance) + Math.Log(variance));
    }

    /// <summary>The find of a day, drawn from the usual or, where the day was weighed, from what the weight leaves possible.</summary>
    private static double Found(double usual, double flow, double expected, in Chance chance)
    {
        var fresh = Wander.Forage.Fresh;
        if (double.IsNaN(chance.Gain.Grams))
            return usual + (fresh * chance.Forage);
        var variance = Variance(chance.Gain, flow);
        return usual + (flow * fresh * fresh / variance * (chance.Gain.Grams - expected))
            + (fresh * Math.Sqrt(chance.Gain.Variance / variance) * chance.Forage);
    }

    private static double Variance(in WeighedGain gain, double flow)
    {
        var own = flow * Wander.Forage.Fresh;
        return (own * own) + gain.Variance;
    }

    /// <summary>Food of the bees on a day, g: by the head in warmth, by the cluster's surface in cold.</summary>
    private static double Needed(double bees, double celsius)
    {
        var each = bees * SeasonBiology.BeeEatsGrams;
        if (celsius >= SeasonBiology.ClusterCelsius)
            return each;
        var root = Math.Cbrt(bees);
        return Math.Min(
            each, root * root * (SeasonBiology.ClusterGrams + (SeasonBiology.ColdGrams * (SeasonBiology.ClusterCelsius - celsius))));
    }

    private static void Starve(ref ColonyState colony, double share, ref Turnover turnover)
    {
        Nursery.Starve(ref colony, Math.Min(share, 1), ref turnover);
        var dying = SeasonBiology.StarvingLoss * Math.Min(share, 1);
        turnover.BeesDied += dying * colony.Bees;
        colony.House *= 1 - dying;
        colony.Foragers *= 1 - dying;
        colony.Infested *= 1 - dying;
    }
}
