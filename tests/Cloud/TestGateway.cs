using System.Buffers;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Tests;

/// <summary>A real MQTT client with a real certificate, as a gateway would connect.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2021, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IMqttClient _client;
    private readonly Channel<StoredAnswer> _answers = Channel.CreateUnbounded<StoredAnswer>();

    private readonly TestCloud _cloud;

    private TestGateway(TestCloud cloud, IMqttClient client, string name) => (_cloud, _client, Name) = (cloud, client, name);

    public string Name { get; }

    public IMqttClient Client => _client;

    /// <summary>Connects and listens for answers.</summary>
    public static async Task<TestGateway> ConnectAsync(TestCloud cloud, X509Certificate2? certificate, string name, bool subscribe = true)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var gateway = new TestGateway(cloud, client, name);
        client.ApplicationMessageReceivedAsync += e =>
        {
            gateway._answers.Writer.TryWrite(StoredAnswer.Parse(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", cloud.Port)
            .WithClientId(name)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(3600)
            .WithTlsOptions(tls =>
            {
                tls
                    .UseTls()
                    .WithTrustChain(new X509Certificate2Collection(
                        X509CertificateLoader.LoadCertificate(cloud.Authority.Certificate.RawData)));
                if (certificate is not null)
                    tls.WithClientCertificates([certificate]);
            })
            .Build();
        var result = await client.ConnectAsync(options, TestContext.Current.CancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
            throw new InvalidOperationException(result.ResultCode.ToString());
        if (subscribe)
            await client.SubscribeAsync($"cmd/{name}/#", MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        return gateway;
    }

    public Task<MqttClientPublishResult> PublishAsync(string topic, byte[] payload) =>
        _client.PublishBinaryAsync(
            topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Sends a batch; ends when it is acknowledged and in the hot store.</summary>
    public async Task<MqttClientPublishResult> SendAsync(byte[] batch)
    {
        var result = await PublishAsync(Topics.Batch(Name), batch);
        await _cloud.Get<HotStoreWriter>().CatchUpAsync();
        return result;
    }

    /// <summary>The next answer; the test fails after its time.</summary>
    public async Task<StoredAnswer> AnswerAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        return await _answers.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The bytes of a batch of one sequence a reading.</summary>
    public static byte[] Encode(string gateway, long first, params Reading[] readings) => Encode(gateway, "s1", first, readings);

    public static byte[] Encode(string gateway, string stream, long first, params Reading[] readings)
    {
        var pack = new ArrayBufferWriter<byte>();
        Senml.Write(pack, readings);
        return Batch.Encode(
            gateway, stream, new SequenceRange(first, first + readings.Length - 1), Noon, "synchronised", [], [pack.WrittenMemory]);
    }

    public static Reading Reading(double minutes, double value, string device = "a1", string metric = Metrics.HiveTemperature) => new(
        DeviceId.Parse(device), metric, Noon.AddMinutes(minutes), value, Metrics.Find(metric)?.Unit ?? "", Quality.Good,
        Noon.AddMinutes(minutes + 1));

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected)
                await _client.DisconnectAsync();
        }
        catch (Exception)
        {
            // The cloud may have ended the connection first; that is some tests' point.
        }

        _client.Dispose();
    }
}
