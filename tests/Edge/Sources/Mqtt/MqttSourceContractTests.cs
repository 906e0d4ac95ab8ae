using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Sources.Mqtt;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Contracts;
using IotGateway.Edge.Tests.Fleet;
using MQTTnet;
using MQTTnet.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Sources.Mqtt;

/// <summary>The MQTT source before a real mosquitto.</summary>
public sealed class MqttSourceContractTests : SourceContractTests, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Mosquitto _broker = null!;
    private int _port;

    private protected override SourceKind Kind => MqttKind.Kind;

    public async ValueTask InitializeAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        _port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        _broker = await Mosquitto.StartAsync(_folder.Path, new TestAuthority(), $"listener {_port} 127.0.0.1\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    private protected override IHostedService Make(ChannelWriter<Observed> observed, SourceStates states) => new MqttSource(
        new MqttSourceOptions { Name = "field", Port = _port }, ChirpStackV4Dialect.Dialect, "gw",
        Path.Combine(_folder.Path, "sessions"), observed, states, TimeProvider.System, NullLogger<MqttSource>.Instance);

    private protected override async Task LetObserveAsync(int counter)
    {
        using var server = new MqttClientFactory().CreateMqttClient();
        await server.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).Build(), TestContext.Current.CancellationToken);
        await server.PublishStringAsync(
            "application/1/device/0004a30b00003627/event/up",
            $$"""{"deviceInfo":{"devEui":"0004a30b00003627"},"fCnt":{{counter}},"fPort":10,"data":"AQ=="}""",
            MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        await server.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
    }
}
