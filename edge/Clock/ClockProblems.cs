using IotGateway.Edge.Problems;
using IotGateway.Hosting;

namespace IotGateway.Edge.Clock;

/// <summary>Problems of the gateway's time.</summary>
internal sealed class ClockProblems(GatewayClock clock) : IProblems
{
    public IEnumerable<string> Problems()
    {
        if (!clock.State.Known)
            yield return "The time is not known: no NTP since the machine started. Readings without a time of their own wait or go out "
                + "flagged.";
        if (clock.State.Impossible is > 0 and var impossible)
            yield return $"The source whose time is trusted told {Counted.Of(impossible, "time", "times")} that cannot be, before "
                + $"{Calendar.Earliest:yyyy-MM-dd} or after {Calendar.End:yyyy-MM-dd}; they were not believed.";
    }
}
