using IotGateway.Edge.Settings;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>The configuration section <c>Forwarding</c>: where the readings go.</summary>
internal sealed class ForwardingOptions
{
    public static readonly ValueRange Shares = new(0.05, 0.95);
    public static readonly ValueRange Windows = new(1, 100);
    public static readonly ValueRange PublishRates = new(1, 1000);
    public static readonly ValueRange ByteRates = new(131_072, 1_000_000_000);
    public static readonly ValueRange StatusPeriods = new(1, 3600);

    public const string Section = "Forwarding";
    private const int LongestRule = 128;
    private static readonly ValueRange Ports = new(1, 65_535);

    /// <summary>
    /// Host of the cloud's broker: the embedded one, AWS IoT Core's endpoint, or another MQTT 5 broker. The default value is 127.0.0.1.
    /// </summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port, 1 to 65535. The default value is 8883.</summary>
    public int Port { get; set; } = 8883;

    /// <summary>PEM file of the authority that signed the cloud's certificate.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of this gateway's certificate; it may be absent when a claim can get one.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of its private key, readable by this user alone.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Of the messages sent while new data and a backlog both wait, the share that the backlog gets: 0.05 to 0.95. The default value is
    /// 0.5.
    /// </summary>
    public double BacklogShare { get; set; } = 0.5;

    /// <summary>Messages that may wait for the cloud's answer, 1 to 100 (AWS IoT Core takes no more). The default value is 50.</summary>
    public int Window { get; set; } = 50;

    /// <summary>
    /// Publishes a second, 1 to 1000. The default value is 100, what AWS IoT Core takes of a connection; it discards more without a word.
    /// </summary>
    public int PublishesPerSecond { get; set; } = 100;

    /// <summary>Bytes a second, 131,072 to 1,000,000,000. The default value is 524,288, for the same reason.</summary>
    public int BytesPerSecond { get; set; } = 512 * 1024;

    /// <summary>Seconds between two statuses, 1 to 3600. The default value is 10.</summary>
    public int StatusSeconds { get; set; } = 10;

    /// <summary>
    /// The AWS IoT rule that takes the batches (Basic Ingest, without a messaging charge): letters, digits and <c>_</c>. Empty, the default
    /// value, for an ordinary topic.
    /// </summary>
    public string Rule { get; set; } = "";

    /// <summary>Topic on which a gateway publishes its batches.</summary>
    public string BatchTopic(string gateway) => Rule.Length == 0 ? Topics.Batch(gateway) : $"$aws/rules/{Rule}/{Topics.Batch(gateway)}";

    public Tuning Tuning(ThresholdOptions thresholds) => new(
        BacklogShare, Window, PublishesPerSecond, BytesPerSecond, StatusSeconds, thresholds.WarnShare, thresholds.FutureSeconds,
        thresholds.DuplicateFrames);

    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static ForwardingOptions Read(IConfiguration configuration) =>
        configuration.Read(Section, s => s.Get<ForwardingOptions>(Options.Strict)).Checked();

    private ForwardingOptions Checked()
    {
        Options.Check(!string.IsNullOrWhiteSpace(Host), $"{Section}:Host", Host, "a host name or an address");
        Options.Check(Ports, $"{Section}:Port", Port);
        Options.Check(Shares, $"{Section}:BacklogShare", BacklogShare);
        Options.Check(Windows, $"{Section}:Window", Window);
        Options.Check(PublishRates, $"{Section}:PublishesPerSecond", PublishesPerSecond);
        Options.Check(ByteRates, $"{Section}:BytesPerSecond", BytesPerSecond);
        Options.Check(StatusPeriods, $"{Section}:StatusSeconds", StatusSeconds);
        CheckRule(Rule);
        Options.Check(PemFile.HasCertificate(CaFile), $"{Section}:CaFile", CaFile, "a PEM file that exists, with at least one certificate");
        Options.Check(
            File.Exists(CertificateFile) == File.Exists(KeyFile), $"{Section}:CertificateFile", CertificateFile,
            $"two PEM files that exist, or none; {Section}:KeyFile is '{KeyFile}'");
        var fault = SecretFile.Fault(KeyFile);
        Options.Check(fault is null, $"{Section}:KeyFile", KeyFile, fault ?? "");
        return this;
    }

    /// <exception cref="ConfigurationException">The name cannot be a rule's, or would be a level of a topic.</exception>
    public static void CheckRule(string rule) => Options.Check(
        rule.Length <= LongestRule && rule.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'), $"{Section}:Rule", rule,
        $"at most {LongestRule} letters, digits or '_'");
}
