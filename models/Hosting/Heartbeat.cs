namespace IotGateway.Hosting;

/// <summary>The sign of life of a loop that should never stand still: it says when it takes up work, goes on with it, and rests.</summary>
public sealed class Heartbeat(TimeProvider time)
{
    /// <summary>Timestamp of the last sign of life while at work; 0 at rest.</summary>
    private long _at;

    /// <summary>The time for which the work under way has shown no sign of life; zero at rest.</summary>
    public TimeSpan Silence => Interlocked.Read(ref _at) is var at and not 0 ? time.GetElapsedTime(at) : TimeSpan.Zero;

    /// <summary>Work begins, or goes on.</summary>
    public void Beat() => Interlocked.Exchange(ref _at, Math.Max(1, time.GetTimestamp()));

    /// <summary>Nothing is to be done, or the next try is not due yet.</summary>
    public void Rest() => Interlocked.Exchange(ref _at, 0);
}
