using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>One network server to listen to; an entry of the configuration section <c>Sources</c>.</summary>
internal sealed class MqttSourceOptions
{
    private const int LongestName = 32;
    private static readonly ValueRange Ports = new(1, 65_535);

    /// <summary>A name for logs and counters: 1 to 32 lower-case letters, digits and <c>-</c>.</summary>
    public string Name { get; set; } = "lorawan";

    /// <summary>Host name or address of its MQTT broker. The default value is 127.0.0.1.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port, 1 to 65535. The default value is 1883.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>
    /// Use of TLS, with the broker's certificate verified against the system's authorities or <see cref="CaFile"/>. The default value is
    /// false.
    /// </summary>
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

    /// <param name="configuration">The gateway's configuration.</param>
    /// <param name="section">The entry's path, such as <c>Sources:0</c>.</param>
    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static MqttSourceOptions Read(IConfiguration configuration, string section) =>
        configuration.Read(section, s => s.Get<MqttSourceOptions>(Options.Strict)).Checked(section);

    private MqttSourceOptions Checked(string section)
    {
        var named = Name.Length is > 0 and <= LongestName && Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        Options.Check(named, $"{section}:Name", Name, $"1 to {LongestName} lower-case letters, digits and '-'");
        Options.Check(!string.IsNullOrWhiteSpace(Host), $"{section}:Host", Host, "a host name or an address");
        Options.Check(Ports, $"{section}:Port", Port);
        Options.Check(
            CaFile is null || PemFile.HasCertificate(CaFile), $"{section}:CaFile", CaFile, "a PEM file with at least one certificate");
        Options.Check(PasswordFile is null || File.Exists(PasswordFile), $"{section}:PasswordFile", PasswordFile, "a file that exists");
        var fault = PasswordFile is null ? null : SecretFile.Fault(PasswordFile);
        Options.Check(fault is null, $"{section}:PasswordFile", PasswordFile, fault ?? "");
        return this;
    }
}
