using System.ComponentModel.DataAnnotations;
using IotGateway.Telemetry;

namespace IotGateway.Edge;

/// <summary>The configuration section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The gateway's name; its certificate's common name. No default.</summary>
    public string Name { get; set; } = "";

    /// <summary>The folder for buffer, quarantine and dead letters. The default value is <c>data</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!GatewayId.IsValid(Name))
            yield return new ValidationResult($"Gateway:Name is '{Name}'; expected 1 to {GatewayId.MaxLength} letters, digits, '-' or '_'.", [nameof(Name)]);
    }
}
