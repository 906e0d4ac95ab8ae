namespace IotGateway.Edge.Uplinks;

/// <summary>A token bucket over messages and bytes: at most a second's worth of each in a burst, and on average no more than the limits.</summary>
internal sealed class RateLimit(int messagesPerSecond, int bytesPerSecond, TimeProvider time)
{
    private int _messagesPerSecond = messagesPerSecond;
    private int _bytesPerSecond = bytesPerSecond;
    private double _messages = messagesPerSecond;
    private double _bytes = bytesPerSecond;
    private long _at = time.GetTimestamp();

    /// <summary>Changes the limits; what was taken stays taken.</summary>
    public void Change(int messagesPerSecond, int bytesPerSecond) => (_messagesPerSecond, _bytesPerSecond) = (messagesPerSecond, bytesPerSecond);

    /// <summary>Takes a message of <paramref name="bytes"/>; answers how long to wait before it may go (zero when at once).</summary>
    public TimeSpan Take(int bytes)
    {
        var elapsed = time.GetElapsedTime(_at).TotalSeconds;
        _at = time.GetTimestamp();
        _messages = Math.Min(_messagesPerSecond, _messages + (elapsed * _messagesPerSecond)) - 1;
        _bytes = Math.Min(_bytesPerSecond, _bytes + (elapsed * _bytesPerSecond)) - bytes;
        var wait = Math.Max(-_messages / _messagesPerSecond, -_bytes / _bytesPerSecond);
        return wait > 0 ? TimeSpan.FromSeconds(wait) : TimeSpan.Zero;
    }
}
