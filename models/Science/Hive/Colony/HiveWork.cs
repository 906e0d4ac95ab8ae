namespace IotGateway.Science.Hive.Colony;

/// <summary>Beekeeper's work of one day at a hive.</summary>
/// <param name="FedGrams">Food given, as honey, g.</param>
/// <param name="HarvestedGrams">Honey taken, g; no more than there is goes.</param>
/// <param name="KilledOnBees">Share of the mites on bees that a treatment kills on this day, 0 to 1.</param>
/// <param name="KilledInCells">Share of those in sealed cells, 0 to 1.</param>
/// <param name="TreatmentBegins">A treatment's first day: how well it works in this hive is not known before.</param>
public readonly record struct HiveWork(
    double FedGrams, double HarvestedGrams, double KilledOnBees, double KilledInCells, bool TreatmentBegins);
