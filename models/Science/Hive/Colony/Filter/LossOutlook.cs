namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Outlook on a colony some time ahead.</summary>
/// <param name="Loss">Probability that it is lost by then, 0 to 1.</param>
/// <param name="Bees">Adult workers at the end, 0 where it is lost.</param>
public readonly record struct LossOutlook(double Loss, ColonyRange Bees);
