using IotGateway.Edge.Clock;
using IotGateway.Edge.Problems;
using IotGateway.Hosting;

namespace IotGateway.Edge.Objects.Sending;

/// <summary>Problems on the way of images and archives.</summary>
internal sealed class ObjectProblems(ObjectStatus status, ObjectOutbox outbox, Counters counters, GatewayClock clock) : IProblems
{
    private static readonly TimeSpan OutageWorthTelling = TimeSpan.FromMinutes(5);

    public IEnumerable<string> Problems()
    {
        var state = status.State;
        if (state.State == StoreState.Blocked)
            yield return $"The object store {state.Target} refuses since {state.Since:u}: {state.LastError}";
        if (state.State == StoreState.Unreachable && clock.Now() - state.Since > OutageWorthTelling)
            yield return $"The object store {state.Target} does not answer since {state.Since:u}.";
        if (state.IncomingTrouble is { } trouble)
            yield return trouble;
        if (outbox.State.RefusedFiles is > 0 and var refused)
        {
            yield return refused == 1
                ? "1 file was refused and lies in objects/refused, with its reason."
                : $"{Counted.Of(refused, "file was", "files were")} refused and lie in objects/refused, each with its reason.";
        }

        if (counters["objects.dropped"] is > 0 and var dropped)
        {
            var bytes = Counted.Of(counters["objects.dropped_bytes"], "byte", "bytes");
            yield return $"{Counted.Of(dropped, "object", "objects")} ({bytes}) {(dropped == 1 ? "was" : "were")} dropped unsent since "
                + $"the start, because the outbox was full.";
        }

        if (counters["objects.not_taken"] is > 0 and var notTaken)
            yield return $"{Counted.Of(notTaken, "object was", "objects were")} not taken since the start, because there was no room.";
    }
}
