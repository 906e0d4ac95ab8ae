using IotGateway.FirmwareSim.Replay;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Replay;

public sealed class ReplayClockTests
{
    private static readonly DateTimeOffset First = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task TheFirstTimeIsDueAtOnce() => await new ReplayClock(_time, 1).WaitUntilAsync(First, CancellationToken.None);

    [Fact]
    public async Task SpeedDividesTheWait()
    {
        var clock = new ReplayClock(_time, 60);
        await clock.WaitUntilAsync(First, CancellationToken.None);

        var due = clock.WaitUntilAsync(First.AddMinutes(15), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.False(due.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await due.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task ItStandsStillWhileHeldUp()
    {
        var clock = new ReplayClock(_time, 1);
        await clock.WaitUntilAsync(First, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(5));
        clock.HeldUp(TimeSpan.FromMinutes(5));

        var due = clock.WaitUntilAsync(First.AddSeconds(1), CancellationToken.None).AsTask();
        Assert.False(due.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await due.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task SpeedZeroNeverWaits()
    {
        var clock = new ReplayClock(_time, 0);
        await clock.WaitUntilAsync(First, CancellationToken.None);
        await clock.WaitUntilAsync(First.AddYears(1), CancellationToken.None);
    }
}
