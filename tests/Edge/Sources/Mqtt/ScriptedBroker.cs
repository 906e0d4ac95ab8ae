using System.Buffers.Binary;
using System.Net.Sockets;

namespace IotGateway.Edge.Tests.Sources.Mqtt;

/// <summary>A broker's side of a connection, packet by packet, for brokers that do not behave.</summary>
internal static class ScriptedBroker
{
    /// <summary>The topic of what is published.</summary>
    public const string Topic = "a";

    /// <summary>CONNACK of MQTT 5: welcome, without a session.</summary>
    public static readonly byte[] Welcome = [0x20, 3, 0, 0, 0];

    /// <summary>The same with the session that was kept.</summary>
    public static readonly byte[] WelcomeBack = [0x20, 3, 1, 0, 0];

    /// <summary>Takes a connection and its subscription, as a broker does.</summary>
    public static async Task<NetworkStream> LetInAsync(TcpClient client)
    {
        var stream = client.GetStream();
        await ReadAsync(stream);
        await stream.WriteAsync(Welcome, TestContext.Current.CancellationToken);
        await SubscribedAsync(stream, 1);
        return stream;
    }

    /// <summary>Takes a SUBSCRIBE and grants a quality.</summary>
    public static async Task SubscribedAsync(NetworkStream stream, byte granted)
    {
        var (_, subscribe) = await ReadAsync(stream);
        await stream.WriteAsync((byte[])[0x90, 4, subscribe[0], subscribe[1], 0, granted], TestContext.Current.CancellationToken);
    }

    /// <summary>A PUBLISH at QoS 1, of MQTT 5; of 3.1.1 the payload begins with a zero.</summary>
    public static byte[] Publish(int id, int payloadBytes = 1000)
    {
        var rest = 2 + 1 + 2 + 1 + payloadBytes;
        byte[] packet =
        [
            0x32, (byte)((rest & 0x7f) | 0x80), (byte)(((rest >> 7) & 0x7f) | 0x80), (byte)(((rest >> 14) & 0x7f) | 0x80),
            (byte)(rest >> 21),
            0, 1, (byte)Topic[0], 0, 0, 0, .. new byte[payloadBytes],
        ];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(8), (ushort)id);
        return packet;
    }

    /// <summary>Reads a packet: its kind, and what follows its header.</summary>
    public static async Task<(int Kind, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
        var kind = one[0] >> 4;
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            length |= (one[0] & 0x7f) << shift;
            if (one[0] < 0x80)
                break;
        }

        var rest = new byte[length];
        await stream.ReadExactlyAsync(rest, TestContext.Current.CancellationToken);
        return (kind, rest);
    }
}
