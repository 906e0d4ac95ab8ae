namespace IotGateway.Cloud.Ingest.Status;

/// <summary>Depth of the queue when it was last asked, for the status page.</summary>
internal sealed class QueueState
{
    /// <summary>Its messages; null before it was asked.</summary>
    public QueueDepth? Depth { get; private set; }

    /// <summary>Time at which it was asked.</summary>
    public DateTimeOffset? At { get; private set; }

    public void Seen(QueueDepth depth, DateTimeOffset at) => (Depth, At) = (depth, at);
}

/// <summary>Number of messages in the queue.</summary>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="InWork">Messages that a worker has.</param>
/// <param name="DeadLetters">Messages that were received too often.</param>
internal sealed record QueueDepth(long Waiting, long InWork, long DeadLetters);
