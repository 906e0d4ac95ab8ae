namespace IotGateway.Science.Fire.Suppression;

/// <summary>
/// A means of suppression with the probability that it works, and what that rests on. It is information for whoever commands, and
/// never an order.
/// </summary>
/// <param name="Means">The means.</param>
/// <param name="Probability">Estimated probability of containment, 0 to 1; null where nobody knows.</param>
/// <param name="Low">Lower end of the 90 % interval; 0 where nobody knows.</param>
/// <param name="High">Upper end of the 90 % interval; 1 where nobody knows.</param>
/// <param name="Basis">What the probability is of, and its assumptions.</param>
public sealed record SuppressionOption(SuppressionMeans Means, double? Probability, double Low, double High, string Basis);
