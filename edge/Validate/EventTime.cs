using IotGateway.Edge.Clock;

namespace IotGateway.Edge.Validate;

/// <summary>Chooses among the times that several clocks tell of one event.</summary>
internal static class EventTime
{
    /// <summary>The first time that can be; null when none can.</summary>
    /// <param name="times">The times, the best first.</param>
    /// <param name="received">When the gateway received the event, by its own clock.</param>
    /// <param name="clockKnown">Whether that clock is right; if so, what lies after it by more than the tolerance cannot be.</param>
    /// <param name="futureTolerance">How far another's clock may be ahead of the gateway's.</param>
    public static DateTimeOffset? Of(
        IReadOnlyList<DateTimeOffset> times, DateTimeOffset received, bool clockKnown, TimeSpan futureTolerance)
    {
        foreach (var time in times)
        {
            if (Calendar.HoldsEvent(time) && (!clockKnown || time <= received + futureTolerance))
                return time;
        }

        return null;
    }
}
