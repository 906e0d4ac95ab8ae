using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using IotGateway.Cloud.Enrolment;
using IotGateway.Telemetry.Fleet;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Tests.Fleet;

/// <summary>A real MQTT client that asks on the fleet's topics and keeps what comes.</summary>
internal sealed class FleetClient : IAsyncDisposable
{
    private readonly Channel<(string Topic, JsonNode Message)> _messages = Channel.CreateUnbounded<(string, JsonNode)>();

    private FleetClient(IMqttClient client) => Client = client;

    public IMqttClient Client { get; }

    public static async Task<FleetClient> ConnectAsync(TestCloud cloud, X509Certificate2 certificate, string id, bool clean = true)
    {
        var client = new FleetClient(new MqttClientFactory().CreateMqttClient());
        client.Client.ApplicationMessageReceivedAsync += e =>
        {
            client._messages.Writer.TryWrite((e.ApplicationMessage.Topic, JsonNode.Parse(e.ApplicationMessage.Payload.ToArray())!));
            return Task.CompletedTask;
        };
        var connected = await client.Client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("127.0.0.1", cloud.Port).WithClientId(id).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithCleanStart(clean).WithSessionExpiryInterval(clean ? 0u : 3600)
                .WithTlsOptions(tls => tls.UseTls()
                    .WithTrustChain(new X509Certificate2Collection(
                        X509CertificateLoader.LoadCertificate(cloud.Authority.Certificate.RawData))).WithClientCertificates([certificate]))
                .Build(),
            TestContext.Current.CancellationToken);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new InvalidOperationException(connected.ResultCode.ToString());
        return client;
    }

    /// <summary>Issues a claim and connects with it, listening to all its answers.</summary>
    public static async Task<FleetClient> ClaimAsync(TestCloud cloud, string template = "iotgateway")
    {
        var client = await ConnectAsync(cloud, Issue(cloud, template).Certificate, $"claim.{Guid.NewGuid():N}");
        await client.SubscribeAsync(Answers(template));
        return client;
    }

    public static (X509Certificate2 Certificate, string Name) Issue(TestCloud cloud, string template = "iotgateway")
    {
        var folder = Path.Combine(cloud.Data.Path, $"claim-{Guid.NewGuid():N}");
        var name = cloud.Get<Claims>().Issue(cloud.Authority, template, folder, TimeSpan.FromDays(1));
        return (X509Certificate2.CreateFromPemFile(Path.Combine(folder, "claim.pem"), Path.Combine(folder, "claim.key")), name);
    }

    public static string[] Answers(string template = "iotgateway") =>
    [
        FleetTopics.Accepted(FleetTopics.CreateFromCsr), FleetTopics.Rejected(FleetTopics.CreateFromCsr),
        FleetTopics.Accepted(FleetTopics.Provision(template)), FleetTopics.Rejected(FleetTopics.Provision(template)),
    ];

    public static string Csr(string name, AsymmetricAlgorithm key)
    {
        var subject = new X500DistinguishedName($"CN={name}");
        return key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem()
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    public async Task<MqttClientSubscribeResultCode[]> SubscribeAsync(params string[] topics)
    {
        var options = new MqttClientSubscribeOptions
        {
            TopicFilters = [.. topics.Select(t => new MqttTopicFilterBuilder().WithTopic(t).WithAtLeastOnceQoS().Build())],
        };
        return [.. (await Client.SubscribeAsync(options, TestContext.Current.CancellationToken)).Items.Select(i => i.ResultCode)];
    }

    public async Task<MqttClientPublishReasonCode> PublishAsync(string topic, string json) =>
        (await Client.PublishBinaryAsync(
            topic, Encoding.UTF8.GetBytes(json), MqttQualityOfServiceLevel.AtLeastOnce,
            cancellationToken: TestContext.Current.CancellationToken)).ReasonCode;

    /// <summary>The next message; the test fails after its time.</summary>
    public async Task<(string Topic, JsonNode Message)> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        return await _messages.Reader.ReadAsync(patience.Token);
    }

    public bool HasMessage => _messages.Reader.TryPeek(out _);

    public async Task<(string Topic, JsonNode Message)> AskAsync(string topic, JsonObject request)
    {
        await PublishAsync(topic, request.ToJsonString());
        return await NextAsync();
    }

    public Task<(string Topic, JsonNode Message)> CreateAsync(string csr) =>
        AskAsync(FleetTopics.CreateFromCsr, new JsonObject { ["certificateSigningRequest"] = csr });

    public Task<(string Topic, JsonNode Message)> ProvisionAsync(string token, string template = "iotgateway") => AskAsync(
        FleetTopics.Provision(template),
        new JsonObject { ["certificateOwnershipToken"] = token, ["parameters"] = new JsonObject { ["SerialNumber"] = "0815" } });

    /// <summary>Both requests; the certificate with its key, or the message of refusal.</summary>
    public async Task<(X509Certificate2? Certificate, JsonNode Answer)> OrderAsync(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (_, created) = await CreateAsync(Csr(name, key));
        if (created["certificatePem"] is null)
            return (null, created);
        var (topic, answer) = await ProvisionAsync((string)created["certificateOwnershipToken"]!);
        using var bare = X509Certificate2.CreateFromPem((string)created["certificatePem"]!);
        return (topic.EndsWith("/accepted", StringComparison.Ordinal) ? bare.CopyWithPrivateKey(key) : null, answer);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Client.IsConnected)
                await Client.DisconnectAsync();
        }
        catch (Exception)
        {
            // The cloud may have ended the connection first; that is some tests' point.
        }

        Client.Dispose();
    }
}
