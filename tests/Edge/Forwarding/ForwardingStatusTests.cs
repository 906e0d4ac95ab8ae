using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Forwarding;

public sealed class ForwardingStatusTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void ACloudIsUnheardFromWhatItWasSentOnThisConnection()
    {
        var status = new ForwardingStatus(new ForwardingOptions(), _time);
        status.Connected();
        status.Sent(Lane.Live, 1, 100, 1);
        status.Lost("the line broke");
        _time.Advance(TimeSpan.FromHours(3));

        status.Connected();
        Assert.Equal(TimeSpan.Zero, status.State.Unheard);
        status.Sent(Lane.Live, 1, 100, 1);
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(TimeSpan.FromMinutes(2), status.State.Unheard);
    }
}
