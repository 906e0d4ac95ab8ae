using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Edge.Fleet;

/// <summary>
/// The configuration section <c>Fleet</c>: how the gateway gets and renews its certificate, and whether it is configured from afar.
/// </summary>
internal sealed class FleetOptions
{
    /// <summary>PEM file of the claim certificate, by which a gateway without a certificate gets one. Empty by default.</summary>
    public string ClaimCertificateFile { get; set; } = "";

    /// <summary>PEM file of its key, readable by this user alone.</summary>
    public string ClaimKeyFile { get; set; } = "";

    /// <summary>The provisioning template. The default value is <c>iotgateway</c>.</summary>
    public string Template { get; set; } = "iotgateway";

    /// <summary>Parameters for the template, such as <c>SerialNumber</c>; without one that is the gateway's name.</summary>
    public Dictionary<string, string> Parameters { get; set; } = [];

    /// <summary>Renewal of the certificate near its end. The default value is true.</summary>
    public bool Renew { get; set; } = true;

    /// <summary>True when the cloud may change settings by the shadow named <c>config</c>. The default value is true.</summary>
    public bool RemoteConfiguration { get; set; } = true;

    /// <summary>True when a claim is configured.</summary>
    public bool MayClaim => ClaimCertificateFile.Length > 0;

    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static FleetOptions Read(IConfiguration configuration) =>
        configuration.Read("Fleet", s => s.Get<FleetOptions>(Options.Strict)).Checked();

    private FleetOptions Checked()
    {
        Options.Check(
            FleetTopics.IsTemplate(Template), "Fleet:Template", Template,
            $"1 to {FleetTopics.MaxTemplateLength} letters, digits, '-' or '_'");
        if (!MayClaim)
            return this;
        Options.Check(File.Exists(ClaimCertificateFile), "Fleet:ClaimCertificateFile", ClaimCertificateFile, "a PEM file that exists");
        Options.Check(File.Exists(ClaimKeyFile), "Fleet:ClaimKeyFile", ClaimKeyFile, "a PEM file that exists");
        var fault = SecretFile.Fault(ClaimKeyFile);
        Options.Check(fault is null, "Fleet:ClaimKeyFile", ClaimKeyFile, fault ?? "");
        return this;
    }
}
