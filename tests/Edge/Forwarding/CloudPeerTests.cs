using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Edge.Tests.Fleet;
using MQTTnet;
using MQTTnet.Server;

namespace IotGateway.Edge.Tests.Forwarding;

/// <summary>The gateway as it is composed, before a cloud that is there and silent, and before another gateway of its name.</summary>
public sealed class CloudPeerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("peer-");
    private readonly TestAuthority _authority = new();

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(In("ca.pem"), _authority.Pem);
        await File.WriteAllTextAsync(In("own.pem"), _authority.Issue("hill"));
        File.SetUnixFileMode(In("own.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Forwarding:CertificateFile", "Forwarding:KeyFile")]
    [InlineData("Fleet:ClaimCertificateFile", "Fleet:ClaimKeyFile")]
    public async Task ACloudThatAcceptsAndSaysNothingIsGivenUpAndTriedAgain(string certificate, string key)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var edge = await TestEdge.StartAsync(
            _folder.FullName, ((IPEndPoint)silent.LocalEndpoint).Port, (certificate, In("own.pem")), (key, In("own.pem")));
        using var first = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await edge.UntilAsync(
            "the reason is told",
            () => edge.Forwarding.LastError?.Contains("the broker did not answer a CONNECT within 20 s", StringComparison.Ordinal) == true,
            seconds: 30_000);

        await edge.UntilAsync("it is tried again", silent.Pending);
    }

    [Fact]
    public async Task ANameThatAnotherClientTakesIsToldAndNotTakenBackAtOnce()
    {
        using var broker = await BrokerAsync();
        var connections = 0;
        broker.ClientConnectedAsync += _ => Task.FromResult(Interlocked.Increment(ref connections));
        await using var edge = await TestEdge.StartAsync(
            _folder.FullName, Port, ("Forwarding:CertificateFile", In("own.pem")), ("Forwarding:KeyFile", In("own.pem")),
            ("Fleet:Renew", "false"), ("Fleet:RemoteConfiguration", "false"));
        await edge.UntilAsync("connected", () => edge.Forwarding.Connected);

        using var copy = await ConnectAsync();
        await edge.UntilAsync("lost", () => !edge.Forwarding.Connected);
        var lost = edge.Time.GetUtcNow();
        Assert.Contains("another client has taken the name 'hill'", edge.Forwarding.LastError, StringComparison.Ordinal);
        Assert.StartsWith("1 time since the start", edge.Forwarding.TakenOver, StringComparison.Ordinal);

        await edge.UntilAsync("it comes back", () => Volatile.Read(ref connections) > 2);
        Assert.InRange((edge.Time.GetUtcNow() - lost).TotalSeconds, 149, 320);
        Assert.NotNull(edge.Forwarding.TakenOver);
        await broker.StopAsync();
    }

    private int Port { get; } = FreePort();

    private async Task<MqttServer> BrokerAsync()
    {
        var server = _authority.Issue("server");
        var broker = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointPort(Port)
                .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
                .WithEncryptionCertificate(X509Certificate2.CreateFromPem(server, server))
                .Build());
        await broker.StartAsync();
        return broker;
    }

    private async Task<IMqttClient> ConnectAsync()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("127.0.0.1", Port)
                .WithClientId("hill")
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithTlsOptions(tls => tls.UseTls().WithCertificateValidationHandler(_ => true))
                .Build(),
            TestContext.Current.CancellationToken);
        return client;
    }

    private string In(string file) => Path.Combine(_folder.FullName, file);

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
