using IotGateway.Edge.Clock;
using IotGateway.Edge.Problems;

namespace IotGateway.Edge.Fleet;

/// <summary>Problems with the certificate, and settings from afar that are refused.</summary>
internal sealed class FleetProblems(FleetStatus fleet, GatewayClock clock) : IProblems
{
    private static readonly TimeSpan LateRenewal = TimeSpan.FromDays(1);

    public IEnumerable<string> Problems()
    {
        var state = fleet.State;
        if (state.CertificateUntil is null)
            yield return $"There is no certificate to connect to the cloud with: {state.Provisioning}.";
        else if (state.CertificateUntil < clock.Now())
            yield return $"The certificate ended on {state.CertificateUntil:yyyy-MM-dd}: {state.Provisioning}.";
        else if (state.RenewAt < clock.Now() - LateRenewal)
            yield return $"The certificate ends on {state.CertificateUntil:yyyy-MM-dd} and is not renewed: {state.Provisioning}.";
        foreach (var (name, reason) in state.Rejected)
            yield return $"The cloud desires a setting that is refused: {name} {reason}.";
    }
}
