using IotGateway.Cloud.Data.Aws;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Ingest.Answers;

/// <summary>The configuration section <c>Answers</c>: how gateways are answered when their messages come by a queue.</summary>
internal sealed class AnswerOptions
{
    /// <summary><c>mqtt</c>, the default value: a client of their broker; or <c>iot</c>: AWS IoT Core's data plane.</summary>
    public string Through { get; set; } = "mqtt";

    /// <summary>The broker's host. The default value is 127.0.0.1.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Its port, 1 to 65535. The default value is 8883.</summary>
    public int Port { get; set; } = 8883;

    /// <summary>PEM file of the authority that signed the broker's certificate.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of this process's certificate; its common name is the client id, so each process has its own.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of its private key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Address of IoT Core's data plane, such as <c>https://abc123-ats.iot.eu-west-1.amazonaws.com</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static AnswerOptions Read(IConfiguration configuration) =>
        configuration.Read("Answers", s => s.Get<AnswerOptions>(Options.Strict)).Checked();

    public AnswerOptions Checked()
    {
        Options.Check(Through is "mqtt" or "iot", "Answers:Through", Through, "mqtt or iot");
        if (Through == "iot")
        {
            Options.Check(
                Endpoint.Length > 0, "Answers:Endpoint", Endpoint,
                "the https address of the account's data endpoint (aws iot describe-endpoint --endpoint-type iot:Data-ATS)");
            AwsOptions.CheckUrl("Answers:Endpoint", Endpoint);
            return this;
        }

        Options.Check(Uri.CheckHostName(Host) != UriHostNameType.Unknown, "Answers:Host", Host, "a host name or an IP address");
        Options.Check(Port is >= 1 and <= 65535, "Answers:Port", Port, "1 to 65535");
        Options.Check(File.Exists(CaFile), "Answers:CaFile", CaFile, "a PEM file that exists");
        Options.Check(File.Exists(CertificateFile), "Answers:CertificateFile", CertificateFile, "a PEM file that exists");
        Options.Check(File.Exists(KeyFile), "Answers:KeyFile", KeyFile, "a PEM file that exists");
        var fault = SecretFile.Fault(KeyFile);
        Options.Check(fault is null, "Answers:KeyFile", KeyFile, fault ?? "");
        return this;
    }
}
