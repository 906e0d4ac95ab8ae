namespace IotGateway.Aws;

/// <summary>One of AWS's services does not do what was asked: after patience, or at once when waiting would not help.</summary>
/// <param name="fault">The judgement.</param>
/// <param name="what">The service and the call.</param>
/// <param name="inner">The failure.</param>
public sealed class AwsException(AwsFault fault, string what, Exception? inner = null) : IOException($"{what}: {fault.Reason}", inner)
{
    /// <summary>The judgement of the failure.</summary>
    public AwsFault Fault { get; } = fault;
}
