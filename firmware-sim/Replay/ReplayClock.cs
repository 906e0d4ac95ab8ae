namespace IotGateway.FirmwareSim.Replay;

/// <summary>Simulated time against real time; it stands still while the replay is held up.</summary>
/// <param name="speed">Simulated seconds a second; 0 = never wait.</param>
internal sealed class ReplayClock(TimeProvider time, double speed)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private DateTimeOffset? _first;
    private long _started;
    private TimeSpan _heldUp;

    /// <summary>Waits until a simulated time is due; the first one asked for is due at once.</summary>
    public async ValueTask WaitUntilAsync(DateTimeOffset simulated, CancellationToken cancellation)
    {
        if (speed == 0)
            return;

        if (_first is null)
        {
            _first = simulated;
            _started = time.GetTimestamp();
        }

        // A join is timed some seconds before its frame, so a time may lie a little before one already reached: due at once.
        for (; ; )
        {
            var waitSeconds = ((simulated - _first.Value).TotalSeconds / speed) - (time.GetElapsedTime(_started) - _heldUp).TotalSeconds;
            if (waitSeconds <= 0.0005)
                return;

            var wait = waitSeconds < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(waitSeconds) : LongestWait;
            await Task.Delay(wait, time, cancellation);
        }
    }

    /// <summary>The replay could not go on for so long.</summary>
    public void HeldUp(TimeSpan duration) => _heldUp += duration;
}
