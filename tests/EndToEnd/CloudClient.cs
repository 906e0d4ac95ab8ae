using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests;

/// <summary>Connects to mosquitto as the cloud would, with a session that is kept, and listens for all gateways' batches.</summary>
internal static class CloudClient
{
    public static async Task ConnectAsync(IMqttClient client, Mosquitto broker, TestAuthority authority, X509Certificate2 certificate)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(authority.In("ca.pem"));
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", broker.Port)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(3600)
            .WithTlsOptions(tls => tls
                .UseTls()
                .WithTargetHost("127.0.0.1")
                .WithTrustChain(authorities)
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(new X509Certificate2Collection(certificate)))
            .Build());
        await client.SubscribeAsync("dt/+/batch", MqttQualityOfServiceLevel.AtLeastOnce);
    }
}
