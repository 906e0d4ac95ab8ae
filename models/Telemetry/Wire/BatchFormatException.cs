namespace IotGateway.Telemetry.Wire;

/// <summary>
/// A message is not what the wire format says; <see cref="Reason"/> is a short name to count by, the message says what and where.
/// </summary>
public sealed class BatchFormatException : FormatException
{
    /// <summary>Creates it with the reason to count by and the explanation to log.</summary>
    public BatchFormatException(string reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    /// <summary>Lower-case words joined by <c>_</c>, from a small fixed set.</summary>
    public string Reason { get; }
}
