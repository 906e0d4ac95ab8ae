using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Problems;
using IotGateway.Hosting;

namespace IotGateway.Edge.Forwarding.Answers;

/// <summary>Problems on the way to the cloud.</summary>
internal sealed class ForwardingProblems(ForwardingStatus status, DeadLetters letters) : IProblems
{
    private static readonly TimeSpan OutageWorthTelling = TimeSpan.FromMinutes(5);

    public IEnumerable<string> Problems()
    {
        var state = status.State;
        if (!state.Connected && state.Lasting > OutageWorthTelling)
            yield return $"No connection to the cloud at {state.Target} since {state.Since:u}; last tried {state.LastError ?? "just now"}.";
        if (state.Connected && state.Unheard > OutageWorthTelling)
        {
            yield return $"The cloud at {state.Target} is connected and has answered nothing for "
                + $"{Counted.Of((long)state.Unheard.TotalMinutes, "minute", "minutes")}; what it does not answer for waits in the buffer.";
        }

        if (state.TakenOver is { } takenOver)
        {
            yield return $"Another client connects to {state.Target} under this gateway's name ({takenOver}), as after a disk was copied; "
                + "give each gateway a name and a certificate of its own.";
        }

        if (state.Denied is { } denied)
        {
            yield return $"The broker at {state.Target} takes no batches since {denied}. "
                + "They wait in the buffer; its policy must let this gateway publish them.";
        }

        var refused = letters.ByReason().Values.Sum();
        if (refused > 0)
            yield return $"{Counted.Of(refused, "batch was", "batches were")} refused by the cloud and {(refused == 1 ? "lies" : "lie")} "
                + $"in dead-letters.";
    }
}
