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

        Assert.True(frames.IsNew(Frame(7)));
        Assert.False(frames.IsNew(Frame(7)));
        Assert.True(frames.IsNew(Frame(8)));
    }

    [Fact]
    public void ACounterThatStartedAnewWithOtherContentIsNoDuplicate()
    {
        var frames = new DuplicateFrames(() => 1000);
        frames.IsNew(Frame(0));

        Assert.True(frames.IsNew(Frame(0, payload: 2)));
        Assert.True(frames.IsNew(Frame(0, address: "2")));
    }

    [Fact]
    public void TheMemoryIsBounded()
    {
        var frames = new DuplicateFrames(() => 2);
        Assert.True(frames.IsNew(Frame(1)));
        Assert.True(frames.IsNew(Frame(2)));
        Assert.True(frames.IsNew(Frame(3)));

        Assert.False(frames.IsNew(Frame(3)));
        Assert.True(frames.IsNew(Frame(1)));
    }

    [Fact]
    public void TheMemoryCanShrinkWhileItRuns()
    {
        var most = 3;
        var frames = new DuplicateFrames(() => most);
        Assert.All(new[] { 1, 2, 3 }, f => Assert.True(frames.IsNew(Frame(f))));
        most = 1;

        Assert.True(frames.IsNew(Frame(4)));
        Assert.True(frames.IsNew(Frame(3)));
    }

    [Fact]
    public void ALateFrameIsNoMissedOneAnyMore()
    {
        var counters = new FrameCounters();

        Assert.Equal(
            [0L, 3L, -1L, 0L, -1L], new[] { Frame(5), Frame(9), Frame(7), Frame(10), Frame(6) }.Select(f => counters.Note(f, Now)));
        var node = Assert.Single(counters.All());
        Assert.Equal((10, 1, 5), (node.FCnt, node.Missed, node.Received));
    }

    [Fact]
    public void ALowerCounterThatWasNotMissingIsANewSession()
    {
        var counters = new FrameCounters();

        Assert.Equal([0L, 199L, 0L, 1L], new[] { Frame(100), Frame(300), Frame(0), Frame(2) }.Select(f => counters.Note(f, Now)));
        Assert.Equal(2, Assert.Single(counters.All()).FCnt);
    }

    [Fact]
    public void AJumpOfTheCounterIsMissedFrames()
    {
        var counters = new FrameCounters();

        Assert.Equal(
            [0L, 0L, 2L, 0L, 0L],
            new[] { Frame(5), Frame(6), Frame(9), Frame(10, address: "2"), Frame(3, address: "2") }.Select(f => counters.Note(f, Now)));
        Assert.Equal(2, Assert.Single(counters.All()).Missed);
    }

    private static Uplink Frame(long counter, byte payload = 1, string address = "1") =>
        new(DeviceId.Parse("0004a30b00003627"), address, counter, 10, new[] { payload }, Now, 1, -90, false);
}
