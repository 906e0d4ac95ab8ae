using System.Buffers.Binary;
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
        var stream = await LetInAsync(broker);

        var written = 0;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        try
        {
            for (; written < 6 * most; written++)
                await stream.WriteAsync(Publish(written + 1, payloadBytes), enough.Token);
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
        var stream = await LetInAsync(broker);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(TimeSpan.FromSeconds(30));

        await stream.WriteAsync(Publish(1, 34_000_000), giveUp.Token);
        var large = await channel.Reader.ReadAsync(giveUp.Token);
        await large.Acknowledge(giveUp.Token);
        await stream.WriteAsync(Publish(2), giveUp.Token);
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
            var stream = await LetInAsync(broker);
            await stream.WriteAsync(Publish(1), TestContext.Current.CancellationToken);
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
            new MqttSourceOptions { Username = "gw", PasswordFile = folder.FullName }, ChirpStackV4Dialect.Dialect, "gw",
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
        new MqttSourceOptions { Port = ((IPEndPoint)listener.LocalEndpoint).Port }, ChirpStackV4Dialect.Dialect, "gw", to,
        new SourceStates(TimeProvider.System), TimeProvider.System, NullLogger<MqttSource>.Instance);

    /// <summary>Takes a connection and its subscription, as a broker does.</summary>
    private static async Task<NetworkStream> LetInAsync(TcpClient client)
    {
        var stream = client.GetStream();
        await SkipPacketAsync(stream);
        await stream.WriteAsync((byte[])[0x20, 3, 0, 0, 0], TestContext.Current.CancellationToken);
        var subscribe = await SkipPacketAsync(stream);
        await stream.WriteAsync((byte[])[0x90, 4, subscribe[0], subscribe[1], 0, 1], TestContext.Current.CancellationToken);
        return stream;
    }

    private static byte[] Publish(int id, int payloadBytes = 1000)
    {
        var rest = 2 + 1 + 2 + 1 + payloadBytes;
        byte[] packet =
        [
            0x32, (byte)((rest & 0x7f) | 0x80), (byte)(((rest >> 7) & 0x7f) | 0x80), (byte)(((rest >> 14) & 0x7f) | 0x80),
            (byte)(rest >> 21),
            0, 1, (byte)'a', 0, 0, 0, .. new byte[payloadBytes],
        ];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(8), (ushort)id);
        return packet;
    }

    /// <summary>Reads a packet; answers what follows its header.</summary>
    private static async Task<byte[]> SkipPacketAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one);
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            await stream.ReadExactlyAsync(one);
            length |= (one[0] & 0x7f) << shift;
            if (one[0] < 0x80)
                break;
        }

        var rest = new byte[length];
        await stream.ReadExactlyAsync(rest);
        return rest;
    }
}
