namespace IotGateway.Edge.Clock;

/// <summary>
/// Finds the time from a network server's events. An event that waited at the broker tells an old time, so one alone proves nothing: two
/// that lie at least ten seconds apart, and as far apart by their own times as by our monotonic clock, came as they happened.
/// </summary>
internal sealed class SourceTime
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(2);

    private (DateTimeOffset Zero, TimeSpan Uptime)? _first;

    /// <summary>Time at which the monotonic clock stood at zero by this source; null until two events agree.</summary>
    public DateTimeOffset? Zero { get; private set; }

    /// <summary>Notes an event.</summary>
    /// <param name="told">The server's time of it.</param>
    /// <param name="uptime">The monotonic clock when it came.</param>
    public void Note(DateTimeOffset told, TimeSpan uptime)
    {
        var zero = told - uptime;
        if (_first is not { } first || (zero - first.Zero).Duration() > Agreement)
        {
            _first = (zero, uptime);
            return;
        }

        if (uptime - first.Uptime < Apart)
            return;

        // Of events that agree, the one that came fastest is nearest to the truth.
        Zero = zero > first.Zero ? zero : first.Zero;
        _first = (Zero.Value, uptime);
    }
}
