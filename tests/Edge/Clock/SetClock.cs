namespace IotGateway.Edge.Tests.Clock;

/// <summary>A wall clock that can be set and a monotonic one that only ever goes on, as two things.</summary>
internal sealed class SetClock : TimeProvider
{
    public static readonly DateTimeOffset Now = new(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Wall { get; set; } = Now;

    public TimeSpan Uptime { get; private set; } = TimeSpan.FromSeconds(30);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => Uptime.Ticks;

    public void Pass(TimeSpan time)
    {
        Wall += time;
        Uptime += time;
    }
}
