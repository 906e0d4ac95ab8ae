using System.ComponentModel.DataAnnotations;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Settings;

/// <summary>The configuration section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The gateway's name; its certificate's common name. Without one it is what the cloud named it by claim, and until then <c>Fleet:Parameters:SerialNumber</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The folder for buffer, quarantine and dead letters. The default value is <c>data</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Whether the cloud may name it otherwise.</summary>
    public bool MayBeRenamed { get; internal set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Name.Length > 0 && !GatewayId.IsValid(Name))
            yield return new ValidationResult($"Gateway:Name is '{Name}'; expected 1 to {GatewayId.MaxLength} letters, digits, '-' or '_'.", [nameof(Name)]);
    }
}
