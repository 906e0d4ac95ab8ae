using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Fleet;

/// <summary>The configuration section <c>Fleet</c>: certificates that gateways ask for themselves.</summary>
internal sealed class FleetOptions
{
    /// <summary>Life of a certificate issued over MQTT, 1 to 7300 days. The default value is 365; gateways renew in its last 30 days.</summary>
    public int CertificateDays { get; set; } = 365;

    /// <summary>Checks the values.</summary>
    /// <exception cref="FormatException">One is wrong; the message names its key.</exception>
    public FleetOptions Checked()
    {
        Options.Check(CertificateDays is >= 1 and <= 7300, "Fleet:CertificateDays", CertificateDays, "1 to 7300");
        return this;
    }
}
