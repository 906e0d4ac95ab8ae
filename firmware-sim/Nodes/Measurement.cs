namespace IotGateway.FirmwareSim.Nodes;

/// <summary>
/// Values of a node's sensors at a second. A metric that is absent is not fitted; null means that its sensor did not answer.
/// </summary>
internal sealed record Measurement(DateTimeOffset Time, IReadOnlyDictionary<string, double?> Values);

/// <summary>A node and all it will measure, in the order of time.</summary>
/// <param name="Count">How many measurements follow, known before they are drawn or read.</param>
internal sealed record NodeSource(NodeIdentity Node, int Count, IEnumerable<Measurement> Measurements);
