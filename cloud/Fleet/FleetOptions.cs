using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Fleet;

/// <summary>The configuration section <c>Fleet</c>: certificates that gateways ask for themselves.</summary>
internal sealed class FleetOptions
{
    /// <summary>
    /// Life of a certificate issued over MQTT, 1 to 7300 days. The default value is 365; gateways renew in its last 30 days.
    /// </summary>
    public int CertificateDays { get; set; } = 365;

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static FleetOptions Read(IConfiguration configuration) =>
        configuration.Read("Fleet", s => s.Get<FleetOptions>(Options.Strict)).Checked();

    public FleetOptions Checked()
    {
        Options.Check(CertificateDays is >= 1 and <= 7300, "Fleet:CertificateDays", CertificateDays, "1 to 7300");
        return this;
    }
}
