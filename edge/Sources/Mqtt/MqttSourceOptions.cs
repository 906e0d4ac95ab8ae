using System.ComponentModel.DataAnnotations;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>One network server to listen to; an entry of the configuration section <c>Sources</c>.</summary>
internal sealed class MqttSourceOptions : IValidatableObject
{
    /// <summary>A name for logs and counters: 1 to 32 lower-case letters, digits and <c>-</c>.</summary>
    [RegularExpression("^[a-z0-9-]{1,32}$")]
    public string Name { get; set; } = "lorawan";

    /// <summary>Host name or address of its MQTT broker. The default value is 127.0.0.1.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port, 1 to 65535. The default value is 1883.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 1883;

    /// <summary>Whether to use TLS, with the broker's certificate verified against the system's authorities or <see cref="CaFile"/>. The default value is false.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authority to trust instead of the system's.</summary>
    public string? CaFile { get; set; }

    public string? Username { get; set; }

    /// <summary>A file with the password in its first line, so that it stands in no configuration.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The kind of source that the entry is; <c>mqtt</c>, the default value, for this one.</summary>
    public string Kind { get; set; } = "mqtt";

    /// <summary>The network server's dialect. The default value is <c>chirpstack-v4</c>.</summary>
    public string Dialect { get; set; } = "chirpstack-v4";

    /// <summary>Topics to subscribe to; empty, the default value, for all events by the dialect.</summary>
    public string Topic { get; set; } = "";

    /// <summary>MQTT client id; empty for the gateway's name and the source's. The session on the broker hangs on it.</summary>
    public string ClientId { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CaFile is not null && !PemFile.HasCertificate(CaFile))
            yield return new ValidationResult($"CaFile is '{CaFile}'; expected a PEM file with at least one certificate.", [nameof(CaFile)]);
        if (PasswordFile is not null && !File.Exists(PasswordFile))
            yield return new ValidationResult($"PasswordFile is '{PasswordFile}'; expected a file that exists.", [nameof(PasswordFile)]);
        if (PasswordFile is not null && DurableFile.IsOpenToOthers(PasswordFile))
            yield return new ValidationResult($"PasswordFile is '{PasswordFile}', which others may read; expected mode 0600.", [nameof(PasswordFile)]);
    }
}
