namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>What the status page says of the queue.</summary>
internal sealed class QueueState
{
    /// <summary>How much is in it; null before it was asked.</summary>
    public QueueDepth? Depth { get; private set; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset? At { get; private set; }

    public void Seen(QueueDepth depth, DateTimeOffset at) => (Depth, At) = (depth, at);
}
