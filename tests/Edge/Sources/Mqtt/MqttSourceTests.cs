using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using IotGateway.Edge.Decode.Dialects.ChirpStackV4;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Edge.Sources.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Sources.Mqtt;

public class MqttSourceTests
{
    /// <summary>Bytes that the sockets between may hold beside what the gateway lets in flight.</summary>
    private const int SocketBytes = 12_000_000;

    /// <summary>No folder can be made there, as on a disk that is full: the session is not remembered, and that stops nothing.</summary>
    private const string Sessions = "/proc/none";

    [Theory]
    [InlineData(20_000, 500, 1000)]
    [InlineData(1_000_000, 10, 32)]
    public async Task WithoutReceiveMaximumReadingKeepsToAcknowledgements(int payloadBytes, int least, int most)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var channel = Channel.CreateBounded<Observed>(10_000);
        using var source = Source(listener, channel.Writer);
        await source.StartAsync(CancellationToken.None);
        using var broker = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = await ScriptedBroker.LetInAsync(broker);

        var written = 0;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        try
        {
            for (; written < 6 * most; written++)
                await stream.WriteAsync(ScriptedBroker.Publish(written + 1, payloadBytes), enough.Token);
        }
        catch (OperationCanceledException)
        {
            // The gateway reads no more.
        }

        Assert.InRange(written, least, most + (SocketBytes / payloadBytes));
        Assert.InRange(channel.Reader.Count, least, most);
        await source.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task AnOversizedPacketIsTakenAndTheNextOneToo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var channel = Channel.CreateBounded<Observed>(10);
        using var source = Source(listener, channel.Writer);
        await source.StartAsync(CancellationToken.None);
        using var broker = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = await ScriptedBroker.LetInAsync(broker);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(TimeSpan.FromSeconds(30));

        await stream.WriteAsync(ScriptedBroker.Publish(1, 34_000_000), giveUp.Token);
        var large = await channel.Reader.ReadAsync(giveUp.Token);
        await large.Acknowledge(giveUp.Token);
        await stream.WriteAsync(ScriptedBroker.Publish(2), giveUp.Token);
        await channel.Reader.ReadAsync(giveUp.Token);

        await source.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task AnAcknowledgementThatComesAfterItsConnectionStopsNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var channel = Channel.CreateBounded<Observed>(10);
        using var source = Source(listener, channel.Writer);
        await source.StartAsync(CancellationToken.None);
        Observed message;
        using (var broker = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            var stream = await ScriptedBroker.LetInAsync(broker);
            await stream.WriteAsync(ScriptedBroker.Publish(1), TestContext.Current.CancellationToken);
            message = await channel.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }

        using var again = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await message.Acknowledge(CancellationToken.None);

        await source.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task APasswordThatMayNotBeReadAnyMoreIsTriedAgain()
    {
        // A folder in the file's place is refused like a file without permission, to root too.
        var folder = Directory.CreateTempSubdirectory("password-");
        var states = new SourceStates(TimeProvider.System);
        using var source = new MqttSource(
            new MqttSourceOptions { Username = "gw", PasswordFile = folder.FullName }, ChirpStackV4Dialect.Dialect, "gw", Sessions,
            Channel.CreateBounded<Observed>(10).Writer, states, TimeProvider.System, NullLogger<MqttSource>.Instance);
        await source.StartAsync(CancellationToken.None);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!states.All().Any(s => s.State == SourceCondition.Disconnected) && !source.ExecuteTask!.IsCompleted)
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        Assert.False(source.ExecuteTask!.IsCompleted);
        await source.StopAsync(CancellationToken.None);
        folder.Delete();
    }

    private static MqttSource Source(TcpListener listener, ChannelWriter<Observed> to) => new(
        new MqttSourceOptions { Port = ((IPEndPoint)listener.LocalEndpoint).Port, Topic = ScriptedBroker.Topic },
        ChirpStackV4Dialect.Dialect, "gw", Sessions, to,
        new SourceStates(TimeProvider.System), TimeProvider.System, NullLogger<MqttSource>.Instance);
}
