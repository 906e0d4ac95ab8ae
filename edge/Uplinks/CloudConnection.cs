using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace IotGateway.Edge.Uplinks;

/// <summary>The MQTT 5 connection to the cloud: mutual TLS, the gateway's name as client id, a session that keeps the cloud's answers while we are away.</summary>
internal static class CloudConnection
{
    /// <summary>AWS IoT Core's own default for a session's life.</summary>
    private const uint SessionSeconds = 3600;

    /// <exception cref="System.Security.Cryptography.CryptographicException">A PEM file cannot be read.</exception>
    public static MqttClientOptions Options(CloudUplinkOptions uplink, string gateway)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(uplink.CaFile);
        var certificate = X509Certificate2.CreateFromPemFile(uplink.CertificateFile, uplink.KeyFile);
        return new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(uplink.Host, uplink.Port)
            .WithClientId(gateway)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(SessionSeconds)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithTimeout(TimeSpan.FromSeconds(20))
            .WithTlsOptions(tls => tls
                .UseTls()
                .WithTargetHost(uplink.Host)
                .WithTrustChain(authorities)
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(new X509Certificate2Collection(certificate)))
            .Build();
    }
}
