using IotGateway.Edge.Identity;
using IotGateway.Edge.Settings;

namespace IotGateway.Edge.Fleet;

/// <summary>State of the gateway with its fleet.</summary>
/// <param name="Provisioning">What was last done about the certificate, in words.</param>
/// <param name="CertificateUntil">The end of the certificate in use; null while there is none.</param>
/// <param name="RenewAt">When it is renewed.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="Rejected">Settings the cloud desires and the gateway refuses, with the reason.</param>
/// <param name="ShadowVersion">Version of the shadow that was last applied; null before one was.</param>
internal sealed record FleetState(
    string Provisioning, DateTimeOffset? CertificateUntil, DateTimeOffset? RenewAt, IReadOnlyDictionary<string, double> Settings,
    IReadOnlyDictionary<string, string> Rejected, long? ShadowVersion);

/// <summary>Keeps that state for the status page.</summary>
internal sealed class FleetStatus(IdentityFolder identities, LiveTuning tuning)
{
    private readonly Lock _gate = new();
    private string _provisioning = "nothing done since the start";
    private IReadOnlyDictionary<string, string> _rejected = new Dictionary<string, string>();
    private long? _version;

    public FleetState State
    {
        get
        {
            lock (_gate)
            {
                var current = identities.Current;
                return new FleetState(
                    _provisioning, current?.NotAfter, current?.RenewAt, RemoteSettings.Values(tuning.Now), _rejected, _version);
            }
        }
    }

    public void Note(string provisioning)
    {
        lock (_gate)
            _provisioning = provisioning;
    }

    public void Applied(IReadOnlyDictionary<string, string> rejected, long? version)
    {
        lock (_gate)
            (_rejected, _version) = (rejected, version);
    }
}
