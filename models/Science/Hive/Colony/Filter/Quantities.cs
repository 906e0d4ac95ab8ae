using IotGateway.Science.Hive.Colony.Model;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Quantities as a colony has them.</summary>
internal static class Quantities
{
    public static double Of(ColonyQuantity quantity, in ColonyState colony) => quantity switch
    {
        ColonyQuantity.Bees => colony.Bees,
        ColonyQuantity.Brood => colony.BroodCells,
        ColonyQuantity.StoresKilograms => colony.StoresGrams / 1000,
        _ => colony.MitesPerHundred,
    };
}
