namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Range in which a quantity lies with 80 %, and its middle.</summary>
/// <param name="Low">Below it with 10 %.</param>
/// <param name="Median">As likely above as below.</param>
/// <param name="High">Above it with 10 %.</param>
public readonly record struct ColonyRange(double Low, double Median, double High);
