using IotGateway.Edge.Forwarding.Lanes;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Forwarding;

public class MinuteRateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void ItIsTheMeanOfTheLastMinute()
    {
        var rate = new MinuteRate(_time);
        for (var second = 0; second < 600; second++)
        {
            rate.Add(second % 2 == 0 ? 4 : 2);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(rate.PerSecond, 2.9, 3.1);
    }

    [Theory]
    [InlineData(59, 10)]
    [InlineData(60, 0)]
    [InlineData(100_000, 0)]
    public void WhatIsOlderCountsNoMore(int seconds, double expected)
    {
        var rate = new MinuteRate(_time);
        rate.Add(600);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, rate.PerSecond);
    }
}
