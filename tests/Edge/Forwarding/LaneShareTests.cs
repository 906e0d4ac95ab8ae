using CsCheck;
using IotGateway.Edge.Forwarding.Lanes;

namespace IotGateway.Edge.Tests.Forwarding;

public class LaneShareTests
{
    [Fact]
    public void TheBacklogGetsItsShareWhileBothWait() => Gen.Double[0.05, 0.95].Sample(share =>
    {
        var lanes = new LaneShare(share);
        var backlog = Enumerable.Range(0, 1000).Count(_ => lanes.Next(live: true, backlog: true) == Lane.Backlog);
        Assert.InRange(backlog, (1000 * share) - 1.5, (1000 * share) + 1.5);
    });

    [Fact]
    public void NeitherWaitsForTheOther()
    {
        var lanes = new LaneShare(0.5);

        Assert.Equal(Lane.Live, lanes.Next(live: true, backlog: false));
        Assert.Equal(Lane.Backlog, lanes.Next(live: false, backlog: true));
        Assert.Null(lanes.Next(live: false, backlog: false));
    }

    [Fact]
    public void NewDataGoesFirst() => Assert.Equal(Lane.Live, new LaneShare(0.5).Next(live: true, backlog: true));
}
