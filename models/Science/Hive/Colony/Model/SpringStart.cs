using IotGateway.Science.Hive.Colony.Biology;
using IotGateway.Science.Hive.Colony.Drawing;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>
/// Colonies as they come out of winter, at the beginning of May at 45° north: what is known of one before anything was seen of it. Middle
/// and spread are ours: 7,000 to 20,000 bees in nine of ten, a dozen kilograms of food, 29 to 780 mites.
/// </summary>
internal static class SpringStart
{
    private const double HouseShare = 0.75;

    /// <summary>Draws a colony.</summary>
    /// <param name="noise">What it is drawn from.</param>
    /// <param name="warmthCelsius">Mean temperature of the week before, °C.</param>
    public static ColonyState Draw(ref Noise noise, double warmthCelsius)
    {
        var bees = 12_000 * Math.Exp(0.3 * noise.Normal());
        var colony = new ColonyState
        {
            House = HouseShare * bees,
            Foragers = (1 - HouseShare) * bees,
            StoresGrams = Math.Max(12_000 + (4_000 * noise.Normal()), 2_000),
            WarmthCelsius = warmthCelsius,
            Laying = Wander.Laying.Deviation * noise.Normal(),
            Loss = Wander.Loss.Deviation * noise.Normal(),
            Breeding = Wander.Breeding.Deviation * noise.Normal(),
            Forage = Wander.Forage.Deviation * noise.Normal(),
        };
        var laid = 45 * Math.Exp(0.3 * noise.Normal()) * bees / 1_000;
        for (var age = 0; age < BeeBiology.DaysToEmerge; age++)
            colony.Cells[age] = laid;
        var mites = 80 * Math.Exp(noise.Normal());
        colony.MitesOnBees = mites / 2;
        for (var day = 0; day < MiteBiology.SealedDays; day++)
            colony.Mothers[day] = mites / 2 / MiteBiology.SealedDays;
        return colony;
    }
}
