namespace IotGateway.Science.Scores;

/// <summary>Forecasts whose probabilities lay close together, and how often it came.</summary>
/// <param name="Low">The least probability of the bin, 0 to 1.</param>
/// <param name="High">Its end, not included but for 1.</param>
/// <param name="Count">Forecasts in it, at least 1.</param>
/// <param name="MeanProbability">What they said on average, 0 to 1.</param>
/// <param name="ObservedShare">How often it came, 0 to 1.</param>
public readonly record struct ReliabilityBin(double Low, double High, int Count, double MeanProbability, double ObservedShare);
