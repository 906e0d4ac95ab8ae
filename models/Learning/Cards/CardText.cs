namespace IotGateway.Learning.Cards;

/// <summary>Words of a card: what no figure tells.</summary>
/// <param name="Says">Its statement, for a beekeeper.</param>
/// <param name="Looks">How often the test rows were looked at, and what was chosen where.</param>
/// <param name="Tried">What was tried.</param>
/// <param name="Limits">What it cannot tell.</param>
internal sealed record CardText(string Says, string Looks, string Tried, string Limits);
