namespace IotGateway.Hosting;

/// <summary>
/// Pace of messages by which no second sees more than the limits, bytes but for one message's: AWS IoT Core discards what is above
/// without a word. The framework's limiters keep no such promise and take no clock of a test's. A message takes its share of a second;
/// who was silent may be a little early with the next ones, so that a late timer costs nothing.
/// </summary>
/// <param name="messagesPerSecond">Messages a second.</param>
/// <param name="bytesPerSecond">Bytes a second.</param>
/// <param name="time">The clock.</param>
public sealed class RateLimit(int messagesPerSecond, int bytesPerSecond, TimeProvider time)
{
    /// <summary>
    /// Seconds by which a message may be early. The pace is slower by as much, so that a second holds no more than the limit all the same.
    /// </summary>
    private const double Early = 0.05;

    private readonly long _start = time.GetTimestamp();
    private int _messagesPerSecond = messagesPerSecond;
    private int _bytesPerSecond = bytesPerSecond;
    private double _free;

    /// <summary>Changes the limits for what is taken from now on.</summary>
    public void Change(int messagesPerSecond, int bytesPerSecond) =>
        (_messagesPerSecond, _bytesPerSecond) = (messagesPerSecond, bytesPerSecond);

    /// <summary>Takes a message of <paramref name="bytes"/>; answers how long to wait before it may go (zero when at once).</summary>
    public TimeSpan Take(int bytes)
    {
        var now = time.GetElapsedTime(_start).TotalSeconds;
        var goes = Math.Max(now - Early, _free);
        _free = goes + (Math.Max(1.0 / _messagesPerSecond, (double)bytes / _bytesPerSecond) * (1 + Early));
        return goes > now ? TimeSpan.FromSeconds(goes - now) : TimeSpan.Zero;
    }
}
