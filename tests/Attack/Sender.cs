using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IotGateway.Attack.Tests;

/// <summary>A gateway's connection, as the MQTT library makes it: made again whenever it ended.</summary>
internal sealed class Sender(AttackedCloud cloud, string name) : IDisposable
{
    private readonly SemaphoreSlim _connecting = new(1);
    private IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <summary>Answers to what was published, by the broker's reason code.</summary>
    public ConcurrentDictionary<MqttClientPublishReasonCode, int> Answers { get; } = new();

    public string Name => name;

    /// <summary>Publishes a batch until it is answered.</summary>
    /// <returns>The broker's answer; it comes when the batch is durable or refused.</returns>
    public Task<MqttClientPublishReasonCode> PublishAsync(byte[] message, CancellationToken cancellation) =>
        PublishAsync(Topics.Batch(name), message, cancellation);

    /// <summary>Publishes anything on any topic until it is answered.</summary>
    public async Task<MqttClientPublishReasonCode> PublishAsync(string topic, byte[] message, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await ConnectAsync(cancellation);
                var result = await _client.PublishBinaryAsync(
                    topic, message, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: cancellation);
                Answers.AddOrUpdate(result.ReasonCode, 1, (_, n) => n + 1);
                return result.ReasonCode;
            }
            catch (Exception e) when (
                e is MqttCommunicationException or MqttClientNotConnectedException or MqttClientDisconnectedException or IOException
                    or ObjectDisposedException or InvalidOperationException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                await Task.Delay(100, cancellation);
            }
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _connecting.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        await _connecting.WaitAsync(cancellation);
        try
        {
            if (_client.IsConnected)
                return;
            _client.Dispose();
            _client = new MqttClientFactory().CreateMqttClient();
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(cloud.In($"{name}/ca.pem"));
            using var certificate = X509Certificate2.CreateFromPemFile(cloud.In($"{name}/gateway.pem"), cloud.In($"{name}/gateway.key"));
            await _client.ConnectAsync(
                new MqttClientOptionsBuilder()
                    .WithTcpServer("127.0.0.1", cloud.Port)
                    .WithClientId(name)
                    .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                    .WithCleanStart(false)
                    .WithSessionExpiryInterval(3600)
                    .WithTlsOptions(tls => tls.UseTls().WithTrustChain(authority)
                        .WithRevocationMode(X509RevocationMode.NoCheck)
                        .WithClientCertificates([X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)]))
                    .Build(),
                cancellation);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
