using System.Runtime.InteropServices;

namespace IotGateway.Edge.Devices;

/// <summary>
/// Frame counter of one session of a node: its newest frame, and which of the 64 before were heard, the lowest bit being the one just
/// before. What lies before the first frame counts as heard.
/// </summary>
/// <param name="Newest">The greatest counter.</param>
/// <param name="Heard">The bits.</param>
/// <param name="At">When the newest was heard, by the event's own time.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SessionCounter(long Newest, ulong Heard, DateTimeOffset At)
{
    /// <summary>Frames that a late one may be behind the newest to be told from a missed one.</summary>
    private const int Window = 64;

    /// <summary>A greater step is no loss but another run of the counter: LoRaWAN 1.0 took none (MAX_FCNT_GAP).</summary>
    private const int GreatestStep = 16_384;

    /// <summary>The counter at a session's first frame.</summary>
    public static SessionCounter Begin(long counter, DateTimeOffset at) => new(counter, ulong.MaxValue, at);

    /// <summary>
    /// The counter with one more frame, and how many were missed before it; -1 for a late one that was counted as missed. A lower counter
    /// is late when its event is older than the newest's, else the counter began anew, which misses none.
    /// </summary>
    public (SessionCounter Next, long Missed) With(long counter, DateTimeOffset at)
    {
        var ahead = counter - Newest;
        if (ahead is > 0 and <= GreatestStep)
            return (new SessionCounter(counter, ahead > Window ? 0 : Shift(Heard, (int)ahead) | (1UL << (int)(ahead - 1)), at), ahead - 1);

        var late = -ahead;
        if (late is >= 1 and <= Window && (Heard & (1UL << (int)(late - 1))) == 0)
            return (this with { Heard = Heard | (1UL << (int)(late - 1)) }, -1);
        return at < At ? (this, 0) : (Begin(counter, at), 0);
    }

    private static ulong Shift(ulong heard, int by) => by >= Window ? 0 : heard << by;
}
