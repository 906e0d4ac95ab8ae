using IotGateway.Edge.Buffer;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Watchdog;
using IotGateway.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Edge.Tests.Watchdog;

public class LifeSignTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ALoopThatHangsIsNoLongerVouchedFor()
    {
        var time = new FakeTimeProvider();
        var pulse = new Heartbeat(time);
        var systemd = new Told();
        await using var buffer = Given.Buffer(new MemoryDisk(1));
        using var sign = new LifeSign(
            new Dictionary<string, Heartbeat> { ["intake"] = pulse }, buffer, systemd, new Lifetime(), time, NullLogger<LifeSign>.Instance)
        { Period = Period };
        await sign.StartAsync(CancellationToken.None);
        await systemd.CountAsync(1);

        // At rest for long, and at work with progress: alive.
        time.Advance(Period / 4);
        await systemd.CountAsync(2);
        pulse.Beat();
        time.Advance(Period / 4);
        await systemd.CountAsync(3);
        pulse.Beat();
        time.Advance(Period / 4);
        await systemd.CountAsync(4);
        Assert.Empty(sign.Hung);

        time.Advance(Period / 4);
        await systemd.CountAsync(5);
        time.Advance(Period / 4);
        Assert.Equal(["intake"], sign.Hung);
        time.Advance(Period);
        Assert.Equal(5, systemd.States.Count);

        pulse.Rest();
        time.Advance(Period / 4);
        await systemd.CountAsync(6);
        await sign.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void APulseAtRestIsNeverSilent()
    {
        var time = new FakeTimeProvider();
        var pulse = new Heartbeat(time);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, pulse.Silence);

        pulse.Beat();
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), pulse.Silence);
        pulse.Rest();
        Assert.Equal(TimeSpan.Zero, pulse.Silence);
    }

    private sealed class Told : ISystemdNotifier
    {
        private readonly System.Threading.Channels.Channel<ServiceState> _told =
            System.Threading.Channels.Channel.CreateUnbounded<ServiceState>();
        private int _awaited;

        public List<ServiceState> States { get; } = [];

        public bool IsEnabled => true;

        public void Notify(ServiceState state)
        {
            States.Add(state);
            _told.Writer.TryWrite(state);
        }

        public async Task CountAsync(int count)
        {
            for (; _awaited < count; _awaited++)
                await _told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
