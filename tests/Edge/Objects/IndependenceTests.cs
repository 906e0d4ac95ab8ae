using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Objects.Sending;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IotGateway.Edge.Tests.Objects;

/// <summary>
/// The gateway as it is put together, its readings going over mutual TLS to a broker that answers like the cloud, while the store is down.
/// </summary>
[Collection(Measured.Name)]
public sealed class IndependenceTests : IDisposable
{
    private const string Gateway = "hill";
    private const int Batches = 2000;
    private const int Rounds = 3;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hangs")]
    [InlineData("refuses")]
    public async Task AStoreThatIsDownDoesNotSlowTheReadings(string how)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        if (how == "refuses")
            silent.Stop();
        var alone = new List<TimeSpan>();
        var beside = new List<TimeSpan>();
        await DrainAsync("warm", null);
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await DrainAsync($"alone-{round}", null));
            beside.Add(await DrainAsync($"beside-{round}", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        }

        var (without, with) = (alone.Order().ElementAt(Rounds / 2), beside.Order().ElementAt(Rounds / 2));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Batches / without.TotalSeconds:0} batches/s alone, {Batches / with.TotalSeconds:0} with a store that {how}");
        Assert.True(
            with < (without * 1.5) + TimeSpan.FromMilliseconds(300),
            $"{with.TotalSeconds:0.00} s with a store that {how}, {without.TotalSeconds:0.00} s without one");
    }

    /// <summary>Time that appending and delivering the batches took.</summary>
    private async Task<TimeSpan> DrainAsync(string name, string? serviceUrl)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        using var certificate = Certificate(folder);
        using var broker = await BrokerAsync(certificate);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Name"] = Gateway,
            ["Gateway:DataDirectory"] = Path.Combine(folder, "data"),
            ["Urls"] = "http://127.0.0.1:0",
            ["Forwarding:Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["Forwarding:CaFile"] = Path.Combine(folder, "certificate.pem"),
            ["Forwarding:CertificateFile"] = Path.Combine(folder, "certificate.pem"),
            ["Forwarding:KeyFile"] = Path.Combine(folder, "key.pem"),
            ["Forwarding:PublishesPerSecond"] = "1000",
            ["Forwarding:BytesPerSecond"] = "100000000",
            ["Objects:Bucket"] = serviceUrl is null ? "" : "bucket",
            ["Objects:ServiceUrl"] = serviceUrl ?? "",
        });
        builder.AddGateway();
        if (serviceUrl is not null)
            builder.Services.AddSingleton(services => new ObjectStore(
                services.GetRequiredService<ObjectOptions>(), TimeProvider.System, Ceph.Credentials));
        await using var app = builder.Build();
        app.OpenBuffer();
        var outbox = app.Services.GetRequiredService<ObjectOutbox>();
        for (var i = 0; serviceUrl is not null && i < 20; i++)
        {
            await outbox.AddAsync(
                new MemoryStream(Uploader.Bytes(1 << 20, i)),
                new ObjectLabel("image", DeviceId.Parse("hive-1"), Uploader.Taken, "image/jpeg"), CancellationToken.None);
        }

        await app.StartAsync();
        await broker.Connected.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var buffer = app.Services.GetRequiredService<BatchBuffer>();
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Batches, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellation) =>
        {
            var pack =
                Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture, $$"""[{"n":"hive-1/temperature","u":"Cel","t":{{1624061764 + i}},"v":35}]"""));
            await buffer.AppendAsync(pack, 1, BatchKind.Ordinary, cancellation);
        });
        await broker.AllAnswered.Task.WaitAsync(TimeSpan.FromSeconds(60));
        clock.Stop();
        if (serviceUrl is not null)
            Assert.Equal((20, 0L), (outbox.State.Files, app.Services.GetRequiredService<ObjectStatus>().State.SentFiles));
        await app.StopAsync();
        return clock.Elapsed;
    }

    private static X509Certificate2 Certificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Gateway}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "certificate.pem"), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, "key.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static async Task<AnsweringBroker> BrokerAsync(X509Certificate2 certificate)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var broker = new AnsweringBroker(port, certificate);
        await broker.StartAsync();
        return broker;
    }

    /// <summary>A broker that answers each batch as stored, at once.</summary>
    private sealed class AnsweringBroker(int port, X509Certificate2 certificate) : IDisposable
    {
        private readonly MqttServer _server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder()
                .WithoutDefaultEndpoint()
                .WithEncryptedEndpoint()
                .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
                .WithEncryptedEndpointPort(port).WithEncryptionCertificate(certificate).Build());

        private long _answered;

        public int Port => port;

        public TaskCompletionSource Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource AllAnswered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StartAsync()
        {
            _server.ClientSubscribedTopicAsync += _ =>
            {
                Connected.TrySetResult();
                return Task.CompletedTask;
            };
            _server.InterceptingPublishAsync += async e =>
            {
                if (e.ApplicationMessage.Topic != Topics.Batch(Gateway))
                    return;
                var batch = Batch.Decode(e.ApplicationMessage.Payload.ToArray());
                var answer = new StoredAnswer(batch.Stream, 0, [new(batch.First, batch.Last)], []).ToJson();
                await _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(
                    new MqttApplicationMessageBuilder()
                        .WithTopic(Topics.Stored(Gateway))
                        .WithPayload(answer)
                        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                        .Build())
                {
                    SenderClientId = "cloud",
                });
                if (Interlocked.Add(ref _answered, batch.Last - batch.First + 1) >= Batches)
                    AllAnswered.TrySetResult();
            };
            return _server.StartAsync();
        }

        public void Dispose() => _server.Dispose();
    }
}

/// <summary>Tests that compare times run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Measured
{
    internal const string Name = "Measured";
}
