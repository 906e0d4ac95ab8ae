using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Hosting.Tests;

public class RateLimitTests
{
    [Theory]
    [InlineData(100, 100, 1_000_000)]
    [InlineData(1000, 10_000, 1_000_000)]
    public void ALongTimeSeesNearlyTheLimit(int messagesPerSecond, int bytes, int bytesPerSecond)
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(messagesPerSecond, bytesPerSecond, time);
        var start = time.GetUtcNow();
        var sent = 0;
        for (; time.GetUtcNow() - start < TimeSpan.FromSeconds(60); sent++)
            time.Advance(limit.Take(bytes));

        var most = 60 * Math.Min(messagesPerSecond, (double)bytesPerSecond / bytes);
        Assert.InRange(sent, most * 0.94, most);
    }

    /// <summary>However the messages come, from a connection's first second on.</summary>
    [Fact]
    public void NoSecondSeesMoreThanTheLimits()
    {
        const int messages = 20, bytes = 100_000, largest = 30_000;
        Gen.Select(Gen.Int[1, largest], Gen.OneOf(Gen.Const(0), Gen.Int[0, 3000])).Array[1, 200].Sample(wanted =>
        {
            var time = new FakeTimeProvider();
            var limit = new RateLimit(messages, bytes, time);
            var sent = new List<(double At, int Bytes)>();
            foreach (var (size, idle) in wanted)
            {
                time.Advance(TimeSpan.FromMilliseconds(idle));
                time.Advance(limit.Take(size));
                sent.Add((time.GetUtcNow().UtcTicks / 1e7, size));
            }

            foreach (var (from, _) in sent)
            {
                var second = sent.Where(s => s.At >= from && s.At < from + 0.999).ToList();
                Assert.InRange(second.Count, 1, messages);
                Assert.InRange(second.Sum(s => s.Bytes), 1, bytes + largest);
            }
        });
    }

    [Fact]
    public void ALateTimerCostsNothing()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(100, 1_000_000, time);
        var start = time.GetUtcNow();
        var sent = 0;
        for (; time.GetUtcNow() - start < TimeSpan.FromSeconds(60); sent++)
        {
            if (limit.Take(100) is { Ticks: > 0 } wait)
                time.Advance(wait + TimeSpan.FromMilliseconds(2));
        }

        Assert.InRange(sent, 5640, 6000);
    }
}
