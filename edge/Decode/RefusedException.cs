namespace IotGateway.Edge.Decode;

/// <summary>
/// A message cannot be used. <see cref="Reason"/> is a short name to count by; the message says what was wrong and what was expected.
/// </summary>
internal sealed class RefusedException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Lower-case words joined by <c>_</c>, from a small fixed set.</summary>
    public string Reason { get; } = reason;
}
