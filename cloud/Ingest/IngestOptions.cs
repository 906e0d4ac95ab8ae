using System.Net;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Ingest;

/// <summary>The configuration section <c>Ingest</c>: where messages come from, and the broker that gateways connect to.</summary>
internal sealed class IngestOptions
{
    /// <summary>
    /// <c>broker</c>, the default value: the embedded one; <c>sqs</c>: a queue behind another broker; <c>http</c>: posts from this machine.
    /// </summary>
    public string Source { get; set; } = "broker";

    /// <summary>TCP port, 1 to 65535; 0 takes a free one. The default value is 8883.</summary>
    public int Port { get; set; } = 8883;

    /// <summary>The address to listen on. The default value is 127.0.0.1: gateways elsewhere need 0.0.0.0 or ::.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>
    /// Names and addresses by which gateways reach this machine, for its certificate; localhost and the machine's name are always in it.
    /// </summary>
    public List<string> Names { get; set; } = [];

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static IngestOptions Read(IConfiguration configuration) =>
        configuration.Read("Ingest", s => s.Get<IngestOptions>(Options.Strict)).Checked();

    public IngestOptions Checked()
    {
        Options.Check(Source is "broker" or "sqs" or "http", "Ingest:Source", Source, "broker, sqs or http");
        Options.Check(Port is >= 0 and <= 65535, "Ingest:Port", Port, "0 to 65535");
        Options.Check(IPAddress.TryParse(Listen, out _), "Ingest:Listen", Listen, "an IP address such as 127.0.0.1 or 0.0.0.0");
        for (var i = 0; i < Names.Count; i++)
            Options.Check(
                Uri.CheckHostName(Names[i]) != UriHostNameType.Unknown, $"Ingest:Names:{i}", Names[i], "a host name or an IP address");
        return this;
    }
}
