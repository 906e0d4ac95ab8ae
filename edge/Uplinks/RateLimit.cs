namespace IotGateway.Edge.Uplinks;

/// <summary>A token bucket over messages and bytes: at most a second's worth of each in a burst, and on average no more than the limits.</summary>
internal sealed class RateLimit(int messagesPerSecond, int bytesPerSecond, TimeProvider time)
{
    private double _messages = messagesPerSecond;
    private double _bytes = bytesPerSecond;
    private long _at = time.GetTimestamp();

    /// <summary>Takes a message of <paramref name="bytes"/>; answers how long to wait before it may go (zero when at once).</summary>
    public TimeSpan Take(int bytes)
    {
        var elapsed = time.GetElapsedTime(_at).TotalSeconds;
        _at = time.GetTimestamp();
        _messages = Math.Min(messagesPerSecond, _messages + (elapsed * messagesPerSecond)) - 1;
        _bytes = Math.Min(bytesPerSecond, _bytes + (elapsed * bytesPerSecond)) - bytes;
        var wait = Math.Max(-_messages / messagesPerSecond, -_bytes / bytesPerSecond);
        return wait > 0 ? TimeSpan.FromSeconds(wait) : TimeSpan.Zero;
    }
}
