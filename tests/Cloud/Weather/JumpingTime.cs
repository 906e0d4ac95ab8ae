using System.Collections.Concurrent;
using IotGateway.Cloud.Weather.Providers;

namespace IotGateway.Cloud.Tests.Weather;

/// <summary>
/// A clock that jumps to the end of each wait, and notes it. A limit of <see cref="WeatherLine.Patience"/> runs out only when told to.
/// </summary>
internal sealed class JumpingTime(DateTimeOffset start, bool patienceEnds = false) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Jump(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Jump(JumpingTime time, TimerCallback callback, object? state) : ITimer
    {
        private int _gone;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || (dueTime == WeatherLine.Patience && !time.PatienceEnds))
                return true;
            if (dueTime != WeatherLine.Patience)
                time.Waits.Enqueue(dueTime);
            time.Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (Volatile.Read(ref _gone) == 0)
                    callback(state);
            });
            return true;
        }

        public void Dispose() => Volatile.Write(ref _gone, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private bool PatienceEnds => patienceEnds;
}
