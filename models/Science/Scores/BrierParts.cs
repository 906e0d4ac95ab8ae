namespace IotGateway.Science.Scores;

/// <summary>A Brier score taken apart: score = reliability − resolution + uncertainty + within bins.</summary>
/// <param name="Score">The Brier score, 0 to 1; 0 is best.</param>
/// <param name="Reliability">How far the bins' probabilities lie from what came in them; 0 is best.</param>
/// <param name="Resolution">How far what came in the bins lies from the base rate; more is better.</param>
/// <param name="Uncertainty">The score of the base rate said each time: what the events themselves leave open.</param>
/// <param name="WithinBins">What differs within the bins (Stephenson et al. 2008), small where they are narrow.</param>
public readonly record struct BrierParts(double Score, double Reliability, double Resolution, double Uncertainty, double WithinBins);
