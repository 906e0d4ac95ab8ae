using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Enrolment;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Ingest.Status;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// Accepts TLS connections for the broker. Ours instead of MQTTnet's, which bounds neither the handshake's time, nor the number of
/// connections, nor a frame's size, and tells no reason when it refuses.
/// </summary>
internal sealed class TlsListener(
    IPEndPoint endpoint, ServerCertificate certificate, ClientCheck check, GroupCommitGate gate, IngestCounters counters, TimeProvider time,
        ILogger<TlsListener> log)
    : IMqttServerAdapter
{
    /// <summary>The greatest frame taken whole; a batch's bound with room for topic and properties.</summary>
    public const int MaxFrameBytes = 256 * 1024;

    /// <summary>A larger message, up to this, is taken cut off, so that it is refused by name; beyond it the connection ends.</summary>
    public const int MostReadPastBytes = 16 * 1024 * 1024;

    private const int MaxConnections = 1_000;
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private MqttServerOptions _options = new();
    private int _connections;

    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <summary>The address and port asked for; a port of 0 is any that is free.</summary>
    public IPEndPoint Endpoint => endpoint;

    /// <summary>The port listened on, once started.</summary>
    public int Port => ((IPEndPoint)_listener!.LocalEndpoint).Port;

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _options = options;
        _ = certificate.Current();
        _listener = new TcpListener(endpoint);
        if (endpoint.Address.Equals(IPAddress.IPv6Any))
            _listener.Server.DualMode = true;
        _listener.Start();
        _accepting = AcceptAsync(_listener, _stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _listener?.Stop();
        await _accepting;
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or the client was gone before it was accepted: go on, but do not spin.
                log.AcceptFailed(e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using var _ = client;
        var remote = client.Client.RemoteEndPoint;
        if (Interlocked.Increment(ref _connections) > MaxConnections)
        {
            Refuse("too_many_connections", remote, null);
            Interlocked.Decrement(ref _connections);
            return;
        }

        try
        {
            client.NoDelay = true;
            await using var tls = new SslStream(client.GetStream());
            if (await HandshakeAsync(tls, remote, stop) is not { } shown)
                return;

            using var channel = new FrameLimit(
                new MqttTcpChannel(tls, client.Client.LocalEndPoint, remote, shown), MaxFrameBytes, MostReadPastBytes,
                () => TooLarge(ClientCheck.Name(shown)), gate);
            using var adapter = new MqttChannelAdapter(
                channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(_options.WriterBufferSize, _options.WriterBufferSizeMax)),
                MqttNetNullLogger.Instance);
            await ClientHandler(adapter);
        }
        catch (Exception e)
            when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException
                or MQTTnet.Exceptions.MqttCommunicationException)
        {
            log.ConnectionBroke(remote, e.Message);
        }
        catch (Exception e)
        {
            // Nobody awaits this, and the other connections go on.
            Fail(e, remote);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    /// <summary>The client's certificate; null when it was refused, which is counted and logged.</summary>
    private async Task<X509Certificate2?> HandshakeAsync(SslStream tls, EndPoint? remote, CancellationToken stop)
    {
        Refusal? refusal = null;
        using var patience = new CancellationTokenSource(HandshakeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Current(),
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    AllowTlsResume = false,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        DisableCertificateDownloads = true,
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    {
                        refusal = check.Refuse(shown as X509Certificate2);
                        return refusal is null;
                    },
                },
                either.Token);
            return (X509Certificate2?)tls.RemoteCertificate;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            if (!stop.IsCancellationRequested)
                Refuse(
                    refusal?.Reason ?? (e is OperationCanceledException ? "handshake_timeout" : "tls_failed"), remote,
                    refusal?.Detail ?? e.Message);
            return null;
        }
    }

    private void Fail(Exception e, EndPoint? remote)
    {
        counters.ConnectionRefused("internal_error");
        log.ConnectionFailed(e, remote);
    }

    private void Refuse(string reason, EndPoint? remote, string? detail)
    {
        counters.ConnectionRefused(reason);
        log.ConnectionRefused(remote, reason, detail);
    }

    private void TooLarge(string gateway)
    {
        counters.Refused(gateway, "message_too_large");
        log.MessageRefused(
            gateway, "message_too_large",
            $"A frame announces more than is taken, {MaxFrameBytes:N0} bytes, or {MostReadPastBytes:N0} of a message; its connection is "
                + $"closed.");
    }
}
