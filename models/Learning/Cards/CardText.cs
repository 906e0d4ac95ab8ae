namespace IotGateway.Learning.Cards;

/// <summary>Words of a card: what no figure tells.</summary>
/// <param name="Says">Its statement, for a beekeeper.</param>
/// <param name="Looks">How often the test rows were looked at.</param>
/// <param name="Choices">What was chosen where, and by which rows.</param>
/// <param name="Tried">What was tried.</param>
/// <param name="Limits">What it cannot tell.</param>
internal sealed record CardText(string Says, int Looks, string Choices, string Tried, string Limits);
