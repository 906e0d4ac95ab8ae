using System.ComponentModel.DataAnnotations;
using IotGateway.Edge.Settings;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Forwarding;

/// <summary>The configuration section <c>Uplink</c>: where the readings go.</summary>
internal sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>Host of the cloud's broker: the embedded one, AWS IoT Core's endpoint, or another MQTT 5 broker. The default value is 127.0.0.1.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port, 1 to 65535. The default value is 8883.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 8883;

    /// <summary>PEM file of the authority that signed the cloud's certificate.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of this gateway's certificate; it may be absent when a claim can get one.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of its private key, readable by this user alone.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Of the messages sent while new data and a backlog both wait, the share that the backlog gets: 0.05 to 0.95. The default value is 0.5.</summary>
    [Range(0.05, 0.95)]
    public double BacklogShare { get; set; } = 0.5;

    /// <summary>Messages that may wait for the cloud's answer, 1 to 100 (AWS IoT Core takes no more). The default value is 50.</summary>
    [Range(1, 100)]
    public int Window { get; set; } = 50;

    /// <summary>Publishes a second, 1 to 1000. The default value is 100, what AWS IoT Core takes of a connection; it discards more without a word.</summary>
    [Range(1, 1000)]
    public int PublishesPerSecond { get; set; } = 100;

    /// <summary>Bytes a second, 131,072 to 1,000,000,000. The default value is 524,288, for the same reason.</summary>
    [Range(131_072, 1_000_000_000)]
    public int BytesPerSecond { get; set; } = 512 * 1024;

    /// <summary>Seconds between two statuses, 1 to 3600. The default value is 10.</summary>
    [Range(1, 3600)]
    public int StatusSeconds { get; set; } = 10;

    /// <summary>The AWS IoT rule that takes the batches (Basic Ingest, without a messaging charge): letters, digits and <c>_</c>. Empty, the default value, for an ordinary topic.</summary>
    [RegularExpression("^[a-zA-Z0-9_]{0,128}$")]
    public string Rule { get; set; } = "";

    /// <summary>Where a gateway publishes its batches.</summary>
    public string BatchTopic(string gateway) => Rule.Length == 0 ? Topics.Batch(gateway) : $"$aws/rules/{Rule}/{Topics.Batch(gateway)}";

    public Tuning Tuning(ThresholdOptions thresholds) => new(
        BacklogShare, Window, PublishesPerSecond, BytesPerSecond, StatusSeconds, thresholds.WarnShare, thresholds.FutureSeconds, thresholds.DuplicateFrames);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!PemFile.HasCertificate(CaFile))
            yield return new ValidationResult($"Uplink:CaFile is '{CaFile}'; expected a PEM file that exists, with at least one certificate.", [nameof(CaFile)]);
        if (File.Exists(CertificateFile) != File.Exists(KeyFile))
            yield return new ValidationResult($"Uplink:CertificateFile is '{CertificateFile}' and Uplink:KeyFile is '{KeyFile}'; expected two PEM files that exist, or none.", [nameof(KeyFile)]);

        if (DurableFile.IsOpenToOthers(KeyFile))
            yield return new ValidationResult($"Uplink:KeyFile is '{KeyFile}', which others may read; expected mode 0600.", [nameof(KeyFile)]);
    }
}
