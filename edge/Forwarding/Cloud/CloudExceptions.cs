namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>Refusal by the cloud for a reason that does not pass by itself; trying again soon would only add to its load.</summary>
internal sealed class CloudRefusedException(string message, TimeSpan retryAfter, Exception? cause = null) : Exception(message, cause)
{
    public TimeSpan RetryAfter => retryAfter;
}

/// <summary>Refusal by the broker to let this gateway publish there.</summary>
internal sealed class PublishRefusedException(string message) : Exception(message);
