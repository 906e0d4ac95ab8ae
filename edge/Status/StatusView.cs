using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Devices;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;

namespace IotGateway.Edge.Status;

/// <summary>All that the status page and <c>/status.json</c> show.</summary>
internal sealed record StatusView(
    string Gateway,
    string Version,
    DateTimeOffset Now,
    DateTimeOffset Started,
    IReadOnlyList<SourceState> Sources,
    BufferStatus Buffer,
    IReadOnlyList<LossRecord> UnreportedLosses,
    ForwardingState Uplink,
    ClockState Clock,
    FleetState Fleet,
    int DeadLetters,
    IReadOnlyDictionary<string, int> DeadLettersByReason,
    ObjectsState Objects,
    OutboxState ObjectOutbox,
    IReadOnlyList<NodeState> Nodes,
    IReadOnlyDictionary<string, long> Counters,
    IReadOnlyList<string> Problems);

/// <summary>Puts the view together and judges what is wrong.</summary>
internal sealed class StatusReport(
    string gateway, BatchBuffer buffer, SourceStates sources, ForwardingStatus uplink, DeadLetters deadLetters, ObjectStatus objects, ObjectOutbox objectOutbox,
    FrameCounters nodes, Counters counters, FleetStatus fleet, GatewayReport report, GatewayClock clock)
{
    private static readonly TimeSpan LateRenewal = TimeSpan.FromDays(1);
    private static readonly TimeSpan OutageWorthTelling = TimeSpan.FromMinutes(5);

    public StatusView Now()
    {
        var state = uplink.State;
        var status = buffer.Status;
        var letters = deadLetters.ByReason();
        var count = letters.Values.Sum();
        var timing = clock.State;
        var standing = fleet.State;
        return new StatusView(
            gateway, GatewayReport.Version, clock.Now(), report.Started, sources.All(), status, buffer.PendingLosses, state, timing, standing, count, letters, objects.State,
            objectOutbox.State, nodes.All(), counters.Snapshot(), [.. Problems(status, state, timing, standing, count)]);
    }

    private IEnumerable<string> Problems(BufferStatus status, ForwardingState state, ClockState timing, FleetState standing, int letters)
    {
        if (!status.Writable)
            yield return "The disk refuses writes: nothing new is acknowledged until it takes them again.";
        if (status.Warning)
            yield return $"The buffer is {status.UsedShare:P0} full.";
        if (status.DamagedFiles > 0)
            yield return $"{status.DamagedFiles} damaged buffer files were set aside; what could be read was kept.";
        if (!state.Connected && state.Lasting > OutageWorthTelling)
            yield return $"No connection to the cloud at {state.Target} since {state.Since:u}.";
        if (state.Denied is { } denied)
            yield return $"The broker at {state.Target} takes no batches since {denied}. They wait in the buffer; its policy must let this gateway publish them.";
        foreach (var source in sources.All().Where(s => s.State == SourceCondition.Disconnected))
            yield return $"Source {source.Name} is {source.Text}.";
        if (!timing.Known)
            yield return "The time is not known: no NTP since the machine started. Readings without a time of their own wait or go out flagged.";
        if (standing.CertificateUntil is null)
            yield return $"There is no certificate to connect to the cloud with: {standing.Provisioning}.";
        else if (standing.CertificateUntil < clock.Now())
            yield return $"The certificate ended on {standing.CertificateUntil:yyyy-MM-dd}: {standing.Provisioning}.";
        else if (standing.RenewAt < clock.Now() - LateRenewal)
            yield return $"The certificate ends on {standing.CertificateUntil:yyyy-MM-dd} and is not renewed: {standing.Provisioning}.";
        foreach (var (name, reason) in standing.Rejected)
            yield return $"The cloud desires a setting that is refused: {name} {reason}.";
        if (letters > 0)
            yield return $"{letters} batches were refused by the cloud and lie in dead-letters.";
        foreach (var problem in ObjectProblems(objects.State, objectOutbox.State))
            yield return problem;
    }

    private IEnumerable<string> ObjectProblems(ObjectsState state, OutboxState outbox)
    {
        if (state.State == StoreState.Blocked)
            yield return $"The object store {state.Target} refuses since {state.Since:u}: {state.LastError}";
        if (state.State == StoreState.Unreachable && clock.Now() - state.Since > OutageWorthTelling)
            yield return $"The object store {state.Target} does not answer since {state.Since:u}.";
        if (state.IncomingTrouble is { } trouble)
            yield return trouble;
        if (outbox.RefusedFiles > 0)
            yield return $"{outbox.RefusedFiles} files were refused and lie in objects/refused, each with its reason.";
        if (counters["objects.dropped"] is > 0 and var dropped)
            yield return $"{dropped} objects ({counters["objects.dropped_bytes"]} bytes) were dropped unsent since the start, because the outbox was full.";
        if (counters["objects.not_taken"] is > 0 and var notTaken)
            yield return $"{notTaken} objects were not taken since the start, because there was no room.";
    }
}
