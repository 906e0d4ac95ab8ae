using System.Security.Cryptography.X509Certificates;
using IotGateway.Storage.Files;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Ingest.Answers;

/// <summary>Answers as a client of the gateways' broker, over mutual TLS; connects when there is something to say.</summary>
internal sealed class MqttAnswers : IAnswers, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly X509Certificate2 _certificate;
    private readonly MqttClientOptions _options;
    private readonly string _broker;

    public MqttAnswers(AnswerOptions options)
    {
        _certificate = PemFile.Pair(options.CertificateFile, options.KeyFile);
        _broker = $"broker {options.Host}:{options.Port}";
        _options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(_certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))
            .WithTimeout(Patience)
            .WithTlsOptions(tls => tls
                .UseTls()
                .WithTargetHost(options.Host)
                .WithTrustChain(PemFile.Certificates(options.CaFile))
                .WithRevocationMode(X509RevocationMode.NoCheck)
                .WithClientCertificates(new X509Certificate2Collection(_certificate)))
            .Build();
    }

    public async Task PublishAsync(string gateway, StoredAnswer answer, CancellationToken cancellation)
    {
        try
        {
            await ConnectAsync(cancellation);
            var result = await _client
                .PublishBinaryAsync(
                    Topics.Stored(gateway), answer.ToJson(), MqttQualityOfServiceLevel.AtLeastOnce, retain: false, cancellation)
                .WaitAsync(Patience, cancellation);

            // No subscriber is no failure: the gateway is away, and sends again what it keeps.
            if (!result.IsSuccess && result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers)
                throw new IOException($"{_broker} refused an answer: {result.ReasonCode}; its rules must let this process publish cmd/#.");
        }
        catch (Exception e)
            when (e is MqttCommunicationException or MqttClientNotConnectedException or MqttProtocolViolationException or TimeoutException
                or InvalidOperationException)
        {
            // InvalidOperationException: MQTTnet's word for a connection that is just ending.
            throw new IOException($"{_broker} took no answer: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _certificate.Dispose();
        _connecting.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_client.IsConnected)
            return;
        await _connecting.WaitAsync(cancellation);
        try
        {
            if (_client.IsConnected)
                return;
            var result = await _client.ConnectAsync(_options, cancellation);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
                throw new IOException($"{_broker} refused the connection: {result.ResultCode}.");
        }
        finally
        {
            _connecting.Release();
        }
    }
}
