namespace IotGateway.Science.Hive.Colony.Sensing;

/// <summary>Logarithms of a colony's numbers.</summary>
/// <param name="Bees">Of its adult workers.</param>
/// <param name="Foragers">Of those that forage.</param>
internal readonly record struct LogNumbers(double Bees, double Foragers);
