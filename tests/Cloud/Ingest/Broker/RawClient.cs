using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

/// <summary>A client that sends any bytes over TLS, MQTT 5 or not.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp;
    private readonly SslStream _tls;

    private RawClient(TcpClient tcp, SslStream tls) => (_tcp, _tls) = (tcp, tls);

    public static async Task<RawClient> OpenAsync(TestCloud cloud, X509Certificate2 certificate)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", cloud.Port, TestContext.Current.CancellationToken);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificates = [certificate],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { cloud.Authority.Certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            TestContext.Current.CancellationToken);
        return new RawClient(tcp, tls);
    }

    /// <summary>The same, connected by MQTT 5 with a clean session.</summary>
    public static async Task<RawClient> ConnectAsync(TestCloud cloud, X509Certificate2 certificate, string id)
    {
        var client = await OpenAsync(cloud, certificate);
        await client.SendAsync(Connect(id));
        Assert.Equal(0x20, await client.ReadByteAsync());
        return client;
    }

    public static byte[] Connect(string id, params byte[] properties) =>
        Frame(0x10, [0, 4, .. "MQTT"u8, 5, 2, 0, 60, .. Length(properties.Length), .. properties, .. Text(id)]);

    public static byte[] Publish(string topic, byte[] properties, byte[] payload, ushort packet = 0) => Frame(
        packet == 0 ? 0x30 : 0x32,
        [
            .. Text(topic), .. packet == 0 ? (byte[])[] : [(byte)(packet >> 8), (byte)packet], .. Length(properties.Length), .. properties,
            .. payload,
        ]);

    public static byte[] Frame(int type, byte[] rest) => [(byte)type, .. Length(rest.Length), .. rest];

    public static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    public async Task SendAsync(byte[] bytes) =>
        await _tls.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public async Task<int> ReadByteAsync()
    {
        var one = new byte[1];
        return await _tls.ReadAsync(one, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) == 0 ? -1 : one[0];
    }

    /// <summary>Reads until the other side ends the connection; the test fails when it does not.</summary>
    public async Task EndedAsync()
    {
        var some = new byte[4096];
        try
        {
            while (await _tls.ReadAsync(some, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        _tcp.Dispose();
    }

    private static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        for (; length >= 0x80; length >>= 7)
            bytes.Add((byte)(length | 0x80));
        return [.. bytes, (byte)length];
    }
}
