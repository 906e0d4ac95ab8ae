namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Quantities of a colony that are estimated.</summary>
public enum ColonyQuantity
{
    /// <summary>Adult workers.</summary>
    Bees,

    /// <summary>Cells with brood.</summary>
    Brood,

    /// <summary>Food, kg.</summary>
    StoresKilograms,

    /// <summary>Mites on bees for each 100 bees.</summary>
    MitesPerHundred,
}
