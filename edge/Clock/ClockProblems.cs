using IotGateway.Edge.Problems;

namespace IotGateway.Edge.Clock;

/// <summary>Problems of the gateway's time.</summary>
internal sealed class ClockProblems(GatewayClock clock) : IProblems
{
    public IEnumerable<string> Problems()
    {
        if (!clock.State.Known)
            yield return "The time is not known: no NTP since the machine started. Readings without a time of their own wait or go out "
                + "flagged.";
    }
}
