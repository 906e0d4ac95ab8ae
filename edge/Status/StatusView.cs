using IotGateway.Edge.Buffer;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Uplinks;
using IotGateway.Edge.Validate;
using IotGateway.Telemetry;

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
    UplinkState Uplink,
    FleetState Fleet,
    int DeadLetters,
    IReadOnlyList<NodeState> Nodes,
    IReadOnlyDictionary<string, long> Counters,
    IReadOnlyList<string> Problems);

/// <summary>Puts the view together and judges what is wrong.</summary>
internal sealed class StatusDesk(
    string gateway, BatchBuffer buffer, SourceStates sources, UplinkBook uplink, DeadLetters deadLetters, FrameCounters nodes, Counters counters, FleetBook fleet,
    GatewayReport report, TimeProvider time)
{
    private static readonly TimeSpan LateRenewal = TimeSpan.FromDays(1);
    private static readonly TimeSpan OutageWorthTelling = TimeSpan.FromMinutes(5);

    public StatusView Now()
    {
        var state = uplink.State;
        var status = buffer.Status;
        var letters = deadLetters.Count;
        var standing = fleet.State;
        return new StatusView(
            gateway, GatewayReport.Version, time.GetUtcNow(), report.Started, sources.All(), status, buffer.Losses, state, standing, letters, nodes.All(), counters.Snapshot(),
            [.. Problems(status, state, standing, letters)]);
    }

    private IEnumerable<string> Problems(BufferStatus status, UplinkState state, FleetState standing, int letters)
    {
        if (!status.Writable)
            yield return "The disk refuses writes: nothing new is acknowledged until it takes them again.";
        if (status.Warning)
            yield return $"The buffer is {status.UsedShare:P0} full.";
        if (status.DamagedFiles > 0)
            yield return $"{status.DamagedFiles} damaged buffer files were set aside; what could be read was kept.";
        if (!state.Connected && time.GetUtcNow() - state.Since > OutageWorthTelling)
            yield return $"No connection to the cloud at {state.Target} since {state.Since:u}.";
        foreach (var source in sources.All().Where(s => s.State.StartsWith("disconnected", StringComparison.Ordinal)))
            yield return $"Source {source.Name} is {source.State}.";
        if (standing.CertificateUntil is null)
            yield return $"There is no certificate to connect to the cloud with: {standing.Provisioning}.";
        else if (standing.CertificateUntil < time.GetUtcNow())
            yield return $"The certificate ended on {standing.CertificateUntil:yyyy-MM-dd}: {standing.Provisioning}.";
        else if (standing.RenewAt < time.GetUtcNow() - LateRenewal)
            yield return $"The certificate ends on {standing.CertificateUntil:yyyy-MM-dd} and is not renewed: {standing.Provisioning}.";
        foreach (var (name, reason) in standing.Rejected)
            yield return $"The cloud desires a setting that is refused: {name} {reason}.";
        if (letters > 0)
            yield return $"{letters} batches were refused by the cloud and lie in dead-letters.";
    }
}
