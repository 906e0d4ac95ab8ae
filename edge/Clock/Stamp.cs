using IotGateway.Telemetry;

namespace IotGateway.Edge.Clock;

/// <summary>
/// Account of how a pack was timed while the gateway did not know the time: its times are the monotonic clock of one run of the machine,
/// added to what the wall clock then made of that run's beginning. Knowing the beginning rightly puts the whole pack right by one shift.
/// </summary>
/// <param name="Boot">The run of the machine.</param>
/// <param name="Zero">The assumed time at which that run's monotonic clock stood at zero.</param>
/// <param name="Waits">
/// True when a reading in the pack hangs on it (<see cref="Quality.ClockUnsure"/>), so that it should not go out before the time is known.
/// </param>
internal sealed record Stamp(string Boot, DateTimeOffset Zero, bool Waits)
{
    /// <summary>
    /// The readings with their times put right, now that the run's beginning is known; checked anew against the right time.
    /// </summary>
    /// <param name="readings">The pack's readings.</param>
    /// <param name="zero">The time at which the run's monotonic clock stood at zero.</param>
    /// <param name="futureTolerance">How far a device's clock may be ahead before its time is not believed, as where readings are checked
    /// first.</param>
    public Reading[] Retime(ReadOnlySpan<Reading> readings, DateTimeOffset zero, TimeSpan futureTolerance)
    {
        var shift = zero - Zero;
        var right = new Reading[readings.Length];
        for (var i = 0; i < readings.Length; i++)
        {
            var r = readings[i];
            var received = Reading.ToMilliseconds(Moved(r.Received, shift));
            var quality = r.Quality & ~Quality.ClockUnsure;
            if (quality.HasFlag(Quality.GatewayTime))
                right[i] = r with
                {
                    Received = received,
                    Time = Reading.ToMilliseconds(Moved(r.Time, shift)),
                    Quality = quality | Quality.Retimed,
                };
            else if (r.Quality.HasFlag(Quality.ClockUnsure) && r.Time - received > futureTolerance)
                right[i] = r with { Received = received, Time = received, Quality = Late(quality) };
            else
                right[i] = r with { Received = received, Quality = quality };
        }

        return right;
    }

    /// <summary>A pack may have been written by hand: what would lie beyond the calendar stays at its end.</summary>
    private static DateTimeOffset Moved(DateTimeOffset time, TimeSpan shift) =>
        shift > DateTimeOffset.MaxValue - time ? DateTimeOffset.MaxValue
        : shift < DateTimeOffset.MinValue - time ? DateTimeOffset.MinValue
        : time + shift;

    private static Quality Late(Quality quality) => quality | Quality.FutureTime | Quality.GatewayTime | Quality.Retimed;
}
