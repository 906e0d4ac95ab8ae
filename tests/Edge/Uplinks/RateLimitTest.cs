using IotGateway.Edge.Uplinks;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Uplinks;

public class RateLimitTest
{
    [Theory]
    [InlineData(100, 100, 1_000_000)]
    [InlineData(1000, 10_000, 1000)]
    public void NeverMoreThanTheLimitsOverAnyLongTime(int messagesPerSecond, int bytes, int bytesPerSecond)
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(messagesPerSecond, bytesPerSecond, time);
        var start = time.GetUtcNow();
        var sent = 0;
        while (time.GetUtcNow() - start < TimeSpan.FromSeconds(60))
        {
            time.Advance(limit.Take(bytes));
            sent++;
        }

        // A burst of one second's worth at the start is allowed.
        Assert.InRange(sent, 0, Math.Min(messagesPerSecond * 61.0, bytesPerSecond * 61.0 / bytes) + 2);
        Assert.InRange(sent, Math.Min(messagesPerSecond * 59.0, bytesPerSecond * 59.0 / bytes) - 2, double.MaxValue);
    }
}
