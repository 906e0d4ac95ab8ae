using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Fleet;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Server;

namespace IotGateway.Edge.Tests.Forwarding;

/// <summary>The gateway as it is composed, and a broker that does not behave.</summary>
public sealed class CloudForwarderTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("forwarding-");
    private readonly TestAuthority _authority = new();
    private readonly int _port = FreePort();
    private MqttServer _broker = null!;
    private int _connections;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(In("ca.pem"), _authority.Pem);
        await using (var own = new FileStream(
            In("own.pem"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            await own.WriteAsync(System.Text.Encoding.ASCII.GetBytes(_authority.Issue("hill")));
        var server = _authority.Issue("server");
        _broker = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointPort(_port)
                .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
                    .WithEncryptionCertificate(X509Certificate2.CreateFromPem(server, server))
                    .Build());
        _broker.ClientConnectedAsync += _ =>
        {
            Interlocked.Increment(ref _connections);
            return Task.CompletedTask;
        };
        await _broker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.StopAsync();
        _broker.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ABrokerThatThrowsOutIsAskedMoreSeldom()
    {
        _broker.InterceptingPublishAsync += e => _broker.DisconnectClientAsync(e.ClientId);
        await using var edge = await StartAsync();
        await edge.UntilAsync("connected once", () => Volatile.Read(ref _connections) > 0);
        var until = edge.Time.GetUtcNow().AddMinutes(20);

        await edge.UntilAsync("twenty minutes have passed", () => edge.Time.GetUtcNow() > until);

        Assert.InRange(_connections, 5, 40);
        Assert.False(edge.Stopping);
    }

    [Fact]
    public async Task ALineThatCarriesABatchEachTimeIsTriedAgainSoon()
    {
        const int Times = 16;
        await using var edge = await StartAsync();
        _broker.InterceptingPublishAsync += async e =>
        {
            if (e.ApplicationMessage.Topic != Topics.Batch("hill"))
                return;
            var last = edge.Buffer.Status.LastSequence;
            var stored = new StoredAnswer(edge.Buffer.StreamId, 0, [new SequenceRange(last, last)], []);
            await _broker.InjectApplicationMessage(
                new InjectedMqttApplicationMessage(
                    new MqttApplicationMessageBuilder().WithTopic(Topics.Stored("hill")).WithPayload(stored.ToJson()).Build()));
        };
        var away = TimeSpan.Zero;

        for (var i = 0; i < Times; i++)
        {
            await edge.Buffer.AppendAsync(Pack(i), 1, BatchKind.Ordinary, TestContext.Current.CancellationToken);
            await RunAsync(edge, 0.1, () => edge.Buffer.Status.Batches == 0);
            await _broker.DisconnectClientAsync("hill");
            await RunAsync(edge, 0.1, () => !edge.Forwarding.Connected);
            var left = edge.Time.GetUtcNow();
            await RunAsync(edge, 1, () => edge.Forwarding.Connected);
            away += edge.Time.GetUtcNow() - left;
        }

        Assert.InRange(away.TotalSeconds, 0, 30 * Times);
    }

    [Fact]
    public async Task WhatTheBrokerDoesNotAcknowledgeIsBoundedAndEndsTheConnection()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (unacknowledged, most) = (0, 0);
        _broker.InterceptingOutboundPacketAsync += e => e.Packet is MqttPubAckPacket ? held.Task : Task.CompletedTask;
        _broker.ClientConnectedAsync += _ => Task.FromResult(unacknowledged = 0);
        _broker.InterceptingPublishAsync += e => e.ApplicationMessage.Topic == Topics.Batch("hill")
            ? Task.FromResult(most = Math.Max(most, ++unacknowledged))
            : Task.CompletedTask;
        await using var edge = await StartAsync(("Forwarding:Window", "5"));
        for (var i = 0; i < 20; i++)
            await edge.Buffer.AppendAsync(Pack(i), 1, BatchKind.Ordinary, TestContext.Current.CancellationToken);

        await edge.UntilAsync("it connects again", () => Volatile.Read(ref _connections) > 1);

        Assert.Equal(5, most);
        Assert.Equal(20, edge.Buffer.Status.Batches);
        held.SetResult();
    }

    /// <summary>Lets the gateway's clock run slowly, so that a connection does not grow old by it.</summary>
    private static async Task RunAsync(TestEdge edge, double step, Func<bool> holds)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!holds())
        {
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            edge.Time.Advance(TimeSpan.FromSeconds(step));
        }
    }

    private static ReadOnlyMemory<byte> Pack(int i)
    {
        var at = new DateTimeOffset(2026, 5, 1, 12, 0, i, TimeSpan.Zero);
        var pack = new ArrayBufferWriter<byte>();
        Senml.Write(pack, [new Reading(DeviceId.Parse("a"), Metrics.HiveTemperature, at, 34.5, "Cel", Quality.Good, at)]);
        return pack.WrittenMemory;
    }

    private string In(string file) => Path.Combine(_folder.FullName, file);

    private Task<TestEdge> StartAsync(params (string, string)[] more) => TestEdge.StartAsync(
        _folder.FullName, _port,
        [
            ("Forwarding:CertificateFile", In("own.pem")), ("Forwarding:KeyFile", In("own.pem")), ("Fleet:Renew", "false"),
            ("Fleet:RemoteConfiguration", "false"), .. more,
        ]);

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
