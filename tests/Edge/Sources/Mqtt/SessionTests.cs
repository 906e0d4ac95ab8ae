using System.Text.Json;
using System.Threading.Channels;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Sources.Mqtt;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Fleet;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Tests.Sources.Mqtt;

/// <summary>Sessions that a real mosquitto keeps for a source over restarts of either, and those that it loses.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly Channel<Observed> _observed = Channel.CreateUnbounded<Observed>();
    private readonly int _port = FreePort();
    private Mosquitto _broker = null!;
    private SourceStates _states = new(TimeProvider.System);
    private MqttSource? _source;

    public async ValueTask InitializeAsync() => await StartBrokerAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("application/+/device/#", false)]
    public async Task ATopicThatWasNarrowedBringsNothingElseAndNothingTwice(string before, bool forgotten)
    {
        await StartAsync(before);
        await StopAsync();
        if (forgotten)
            Directory.Delete(Path.Combine(_folder.Path, "sessions"), recursive: true);
        await PublishAsync("application/7d3c/device/0004a30b00e000ff/event/up", "while away");
        await StartAsync("application/1111/#");
        await PublishAsync("application/7d3c/device/0004a30b00e000ff/event/up", "of another application");
        await PublishAsync("application/1111/device/0004a30b00e000ff/event/up", "ours");
        await PublishAsync("application/1111/device/0004a30b00e000ff/event/up", "the last");

        var topics = new List<string>();
        while (topics.Count < 2)
        {
            var observed = await _observed.Reader.ReadAsync(Cancellation);
            topics.Add($"{observed.Raw.Topic.Split('/')[1]} {System.Text.Encoding.UTF8.GetString(observed.Raw.Payload.Span)}");
            await observed.Acknowledge(Cancellation);
        }

        Assert.Equal(["1111 ours", "1111 the last"], topics);
        Assert.Equal("not_configured", Assert.Single(Assert.Single(_states.All()).Warnings).Key);
        await StopAsync();
        await StartAsync("application/1111/#");
        await PublishAsync("application/7d3c/device/0004a30b00e000ff/event/up", "of another application");
        await PublishAsync("application/1111/device/0004a30b00e000ff/event/up", "ours");
        await _observed.Reader.ReadAsync(Cancellation);
        Assert.Empty(Assert.Single(_states.All()).Warnings);
    }

    [Fact]
    public async Task ASessionThatTheBrokerLostIsToldAndAFirstOneIsNot()
    {
        await StartAsync("");
        Assert.Empty(Assert.Single(_states.All()).Warnings);
        await StopAsync();
        await PublishAsync("application/7d3c/device/0004a30b00e00017/event/up", "lost");
        await _broker.KillAsync();
        await _broker.DisposeAsync();
        await StartBrokerAsync();

        await StartAsync("");

        Assert.Equal("session_lost", Assert.Single(Assert.Single(_states.All()).Warnings).Key);
        Assert.Contains("had lost the session", Assert.Single(new SourceProblems(_states, TimeProvider.System).Problems()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventsAtQosZeroAreTakenAndToldAsADanger()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "files", "chirpstack-qos0.jsonl");
        await StartAsync("");
        foreach (var line in await File.ReadAllLinesAsync(file, Cancellation))
        {
            using var message = JsonDocument.Parse(line);
            await PublishAsync(
                message.RootElement.GetProperty("topic").GetString()!, message.RootElement.GetProperty("json").GetRawText(),
                MqttQualityOfServiceLevel.AtMostOnce);
            await (await _observed.Reader.ReadAsync(Cancellation)).Acknowledge(Cancellation);
        }

        Assert.Equal(3, Assert.Single(_states.All()).Warnings["qos_0"].Times);
        Assert.Contains("set qos=1", Assert.Single(new SourceProblems(_states, TimeProvider.System).Problems()), StringComparison.Ordinal);
    }

    private async Task StartBrokerAsync() =>
        _broker = await Mosquitto.StartAsync(_folder.Path, _authority, $"listener {_port} 127.0.0.1\n");

    private async Task StartAsync(string topic)
    {
        _states = new SourceStates(TimeProvider.System);
        _source = new MqttSource(
            new MqttSourceOptions { Name = "field", Port = _port, Topic = topic }, ChirpStackV4Dialect.Dialect, "gw",
            Path.Combine(_folder.Path, "sessions"), _observed.Writer, _states, TimeProvider.System, NullLogger<MqttSource>.Instance);
        await _source.StartAsync(Cancellation);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (_states.All().All(s => s.State != SourceCondition.Connected))
            await pause.WaitForNextTickAsync(Cancellation);
    }

    private async Task StopAsync()
    {
        if (_source is null)
            return;
        await _source.StopAsync(CancellationToken.None);
        _source.Dispose();
        _source = null;
    }

    private async Task PublishAsync(
        string topic, string payload, MqttQualityOfServiceLevel quality = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        using var server = new MqttClientFactory().CreateMqttClient();
        await server.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).Build(), Cancellation);
        await server.PublishStringAsync(topic, payload, quality, cancellationToken: Cancellation);
        await server.DisconnectAsync(cancellationToken: Cancellation);
    }

    private static int FreePort()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        return ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
    }
}
