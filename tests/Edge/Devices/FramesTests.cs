using IotGateway.Edge.Decode;
using IotGateway.Edge.Devices;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Devices;

public class FramesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TheSameFrameAgainIsADuplicate()
    {
        var frames = new DuplicateFrames(() => 1000);

        Assert.True(New(frames, Frame(7)));
        Assert.False(New(frames, Frame(7)));
        Assert.True(New(frames, Frame(8)));
    }

    [Fact]
    public void ACounterThatStartedAnewWithOtherContentIsNoDuplicate()
    {
        var frames = new DuplicateFrames(() => 1000);
        New(frames, Frame(0));

        Assert.True(New(frames, Frame(0, payload: 2)));
        Assert.True(New(frames, Frame(0, address: "2")));
    }

    [Fact]
    public void TheSameCounterAndContentIsANewFrameAfterAWhileOrAJoin()
    {
        var frames = new DuplicateFrames(() => 1000);
        New(frames, Frame(0));

        Assert.False(New(frames, Frame(0), after: TimeSpan.FromSeconds(50)));
        Assert.True(New(frames, Frame(0), after: TimeSpan.FromMinutes(10)));
        Assert.False(New(frames, Frame(0), after: TimeSpan.FromMinutes(10)));
        Assert.True(New(frames, Frame(0), session: 1, after: TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void AFrameThatTheBrokerSendsAgainIsTheSameHoursLater()
    {
        var frames = new DuplicateFrames(() => 1000);
        frames.IsNew(Frame(7), 0, Now, Now);

        Assert.False(frames.IsNew(Frame(7), 0, Now, Now.AddHours(9)));
    }

    [Fact]
    public void WithoutATimeOfItsEventTheArrivalTellsAFramesAge()
    {
        var frames = new DuplicateFrames(() => 1000);
        frames.IsNew(Frame(7), 0, null, Now);

        Assert.False(frames.IsNew(Frame(7), 0, null, Now.AddMinutes(2)));
        Assert.False(frames.IsNew(Frame(7), 0, null, Now.AddHours(23)));
        Assert.True(frames.IsNew(Frame(7), 1, null, Now.AddHours(23)));
        Assert.True(frames.IsNew(Frame(7), 0, null, Now.AddHours(25)));
    }

    [Fact]
    public void WithoutACounterTheSameContentIsANewFrameSooner()
    {
        var (frames, frame) = (new DuplicateFrames(() => 1000), Frame(7) with { FCnt = null });
        frames.IsNew(frame, 0, null, Now);

        Assert.False(frames.IsNew(frame, 0, null, Now.AddMinutes(2)));
        Assert.True(frames.IsNew(frame, 0, null, Now.AddMinutes(20)));
    }

    [Fact]
    public void AFrameThatCameAgainOutlivesItsFirstComing()
    {
        var frames = new DuplicateFrames(() => 2);
        Assert.True(New(frames, Frame(1)));
        Assert.True(New(frames, Frame(1), after: TimeSpan.FromHours(1)));
        Assert.True(New(frames, Frame(2), after: TimeSpan.FromHours(1)));

        Assert.False(New(frames, Frame(1), after: TimeSpan.FromHours(1)));
    }

    [Fact]
    public void TheMemoryIsBounded()
    {
        var frames = new DuplicateFrames(() => 2);
        Assert.True(New(frames, Frame(1)));
        Assert.True(New(frames, Frame(2)));
        Assert.True(New(frames, Frame(3)));

        Assert.False(New(frames, Frame(3)));
        Assert.True(New(frames, Frame(1)));
    }

    [Fact]
    public void TheMemoryCanShrinkWhileItRuns()
    {
        var most = 3;
        var frames = new DuplicateFrames(() => most);
        Assert.All(new[] { 1, 2, 3 }, f => Assert.True(New(frames, Frame(f))));
        most = 1;

        Assert.True(New(frames, Frame(4)));
        Assert.True(New(frames, Frame(3)));
    }

    [Fact]
    public void ALateFrameIsNoMissedOneAnyMore()
    {
        var counters = new FrameCounters();

        Assert.Equal(
            [0L, 3L, -1L, 0L, -1L], new[] { Frame(5), Frame(9), Frame(7), Frame(10), Frame(6) }.Select(f => counters.Note(f, Now, Now)));
        var node = Assert.Single(counters.Page(0, 10).Nodes);
        Assert.Equal((10, 1, 5), (node.FCnt, node.Missed, node.Received));
    }

    [Fact]
    public void ALowerCounterThatWasNotMissingIsANewSession()
    {
        var counters = new FrameCounters();

        Assert.Equal([0L, 199L, 0L, 1L], new[] { Frame(100), Frame(300), Frame(0), Frame(2) }.Select(f => counters.Note(f, Now, Now)));
        Assert.Equal(2, Assert.Single(counters.Page(0, 10).Nodes).FCnt);
    }

    [Fact]
    public void AJumpOfTheCounterIsMissedFrames()
    {
        var counters = new FrameCounters();

        Assert.Equal(
            [0L, 0L, 2L, 0L, 0L],
            new[] { Frame(5), Frame(6), Frame(9), Frame(10, address: "2"), Frame(3, address: "2") }
                .Select(f => counters.Note(f, Now, Now)));
        Assert.Equal(2, Assert.Single(counters.Page(0, 10).Nodes).Missed);
    }

    [Fact]
    public void AJoinBeginsTheCounterAnewUnderTheSameAddress()
    {
        var counters = new FrameCounters();
        counters.Note(Frame(100), Now, Now);
        counters.Note(new DeviceEvent(DeviceId.Parse("0004a30b00003627"), "join", null, []), Now, Now);

        Assert.Equal(0, counters.Note(Frame(140), Now, Now));
        Assert.Equal(1, counters.SessionOf(DeviceId.Parse("0004a30b00003627")));
    }

    [Fact]
    public void AFrameFromLongAgoBeginsNoCounterAnew()
    {
        var counters = new FrameCounters();
        counters.Note(Frame(500), Now, Now);

        Assert.Equal([0L, 1L], [counters.Note(Frame(3), Now.AddHours(-9), Now), counters.Note(Frame(502), Now, Now)]);
        Assert.Equal((502, 1), (counters.Page(0, 1).Nodes[0].FCnt!.Value, counters.Page(0, 1).Nodes[0].Missed));
    }

    [Fact]
    public void AStepThatNoRadioLossExplainsMissesNone() =>
        Assert.Equal([0L, 0L], new[] { Frame(5), Frame(60_000) }.Select(f => new FrameCounters().Note(f, Now, Now)));

    [Fact]
    public void AFrameWithoutACounterChangesNoCounter()
    {
        var counters = new FrameCounters();
        counters.Note(Frame(5), Now, Now);

        Assert.Equal(0, counters.Note(Frame(0) with { FCnt = null }, Now, Now));
        Assert.Equal(0, counters.Note(Frame(6) with { DevAddr = "" }, Now, Now));
        Assert.Equal(3, counters.Page(0, 1).Nodes[0].Received);
    }

    [Fact]
    public void WhatWaitedInAQueueWasHeardWhenItHappened()
    {
        var counters = new FrameCounters();
        counters.Note(Frame(5), Now.AddDays(-3), Now);
        Assert.Equal((Now.AddDays(-3), Now), (counters.Page(0, 1).Nodes[0].LastHeard, counters.Page(0, 1).Nodes[0].LastReceived));

        counters.Note(Frame(6), Now.AddDays(-1), Now);
        counters.Note(Frame(4), Now.AddDays(-4), Now.AddSeconds(1));
        Assert.Equal(
            (Now.AddDays(-1), Now.AddSeconds(1)), (counters.Page(0, 1).Nodes[0].LastHeard, counters.Page(0, 1).Nodes[0].LastReceived));
    }

    [Fact]
    public void NewsOfTheServerAndOfRadioGatewaysHearNoNode()
    {
        var counters = new FrameCounters();
        counters.Note(Frame(5), Now, Now);
        foreach (var kind in new[] { "txack", "log", "location", "integration", "other" })
            counters.Note(new DeviceEvent(DeviceId.Parse("0004a30b00003627"), kind, null, []), Now.AddHours(9), Now.AddHours(9));

        Assert.Equal((Now, "up"), (counters.Page(0, 1).Nodes[0].LastHeard, counters.Page(0, 1).Nodes[0].LastEvent));
    }

    [Fact]
    public void AsManyNodesAreKnownAsTheBoundAndTheMostSilentIsForgotten()
    {
        var counters = new FrameCounters();
        for (var i = 0; i < FrameCounters.MostNodes + 5; i++)
        {
            counters.Note(Frame(1) with { DevEui = Node(i) }, Now, Now);
            counters.Note(Frame(i) with { DevEui = Node(0) }, Now, Now);
        }

        var page = counters.Page(FrameCounters.MostNodes - 3, 100);
        Assert.Equal((3, FrameCounters.MostNodes, 5L), (page.Nodes.Count, page.Known, page.Forgotten));
        Assert.Equal(Node(FrameCounters.MostNodes + 4), page.Nodes[^1].DevEui);
        Assert.Equal([Node(0), Node(6)], counters.Page(0, 2).Nodes.Select(n => n.DevEui));

        static DeviceId Node(int number) => DeviceId.Parse($"0004a30b{number:x8}");
    }

    private static Uplink Frame(long counter, byte payload = 1, string address = "1") =>
        new(DeviceId.Parse("0004a30b00003627"), address, counter, 10, new[] { payload }, [Now], 1, -90, false);

    private static bool New(DuplicateFrames frames, Uplink uplink, int session = 0, TimeSpan after = default) =>
        frames.IsNew(uplink, session, Now + after, Now + after);
}
