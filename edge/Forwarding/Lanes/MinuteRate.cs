namespace IotGateway.Edge.Forwarding.Lanes;

/// <summary>Rate a second over the last minute, counted by the second of the monotonic clock. For one thread at a time.</summary>
internal sealed class MinuteRate(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly long _start = time.GetTimestamp();
    private readonly long[] _counts = new long[Seconds];
    private long _second;

    /// <summary>The mean of the last sixty seconds.</summary>
    public double PerSecond
    {
        get
        {
            Advance();
            return _counts.Sum() / (double)Seconds;
        }
    }

    public void Add(int count)
    {
        Advance();
        _counts[_second % Seconds] += count;
    }

    private void Advance()
    {
        var now = (long)time.GetElapsedTime(_start).TotalSeconds;
        for (var left = Math.Min(now - _second, Seconds); left > 0; left--)
            _counts[++_second % Seconds] = 0;
        _second = now;
    }
}
