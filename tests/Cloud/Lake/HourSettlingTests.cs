using IotGateway.Cloud.Lake;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class HourSettlingTests
{
    private static readonly DateTimeOffset Hour = new(2021, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void AnHourThatIsPastSettlesOnceItIsQuietForAMoment()
    {
        var settling = new HourSettling(_time);
        var newest = Hour.AddMinutes(65);

        Assert.Empty(settling.Settled([(Hour, 1)], newest));
        _time.Advance(HourSettling.QuietWhenPast);
        Assert.Equal([(Hour, 1L)], settling.Settled([(Hour, 1)], newest));
        Assert.Empty(settling.Settled([(Hour, 2)], newest));
    }

    [Fact]
    public void TheNewestHourWaitsUntilItIsQuietForLonger()
    {
        var settling = new HourSettling(_time);
        var newest = Hour.AddMinutes(64);

        Assert.Empty(settling.Settled([(Hour, 1)], newest));
        _time.Advance(HourSettling.Quiet - TimeSpan.FromMilliseconds(1));
        Assert.Empty(settling.Settled([(Hour, 1)], newest));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([(Hour, 1L)], settling.Settled([(Hour, 1)], newest));
    }
}
