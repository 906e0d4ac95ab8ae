using System.ComponentModel.DataAnnotations;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Fleet;

/// <summary>The configuration section <c>Fleet</c>: how the gateway gets and renews its certificate, and whether it is configured from afar.</summary>
internal sealed class FleetOptions : IValidatableObject
{
    /// <summary>PEM file of the claim certificate, by which a gateway without a certificate gets one. Empty by default.</summary>
    public string ClaimCertificateFile { get; set; } = "";

    /// <summary>PEM file of its key, readable by this user alone.</summary>
    public string ClaimKeyFile { get; set; } = "";

    /// <summary>The provisioning template. The default value is <c>iotgateway</c>.</summary>
    public string Template { get; set; } = "iotgateway";

    /// <summary>What the template is told, such as <c>SerialNumber</c>; without one that is the gateway's name.</summary>
    public Dictionary<string, string> Parameters { get; set; } = [];

    /// <summary>Whether to renew the certificate near its end. The default value is true.</summary>
    public bool Renew { get; set; } = true;

    /// <summary>Whether the cloud may change settings by the shadow named <c>config</c>. The default value is true.</summary>
    public bool RemoteConfiguration { get; set; } = true;

    /// <summary>Whether a claim is configured.</summary>
    public bool MayClaim => ClaimCertificateFile.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!FleetTopics.IsTemplate(Template))
            yield return new ValidationResult($"Fleet:Template is '{Template}'; expected 1 to {FleetTopics.MaxTemplateLength} letters, digits, '-' or '_'.", [nameof(Template)]);
        if (!MayClaim)
            yield break;
        foreach (var (key, file) in new[] { (nameof(ClaimCertificateFile), ClaimCertificateFile), (nameof(ClaimKeyFile), ClaimKeyFile) })
        {
            if (!File.Exists(file))
                yield return new ValidationResult($"Fleet:{key} is '{file}'; expected a PEM file that exists.", [key]);
        }

        if (DurableFile.IsOpenToOthers(ClaimKeyFile))
            yield return new ValidationResult($"Fleet:ClaimKeyFile is '{ClaimKeyFile}', which others may read; expected mode 0600.", [nameof(ClaimKeyFile)]);
    }
}
