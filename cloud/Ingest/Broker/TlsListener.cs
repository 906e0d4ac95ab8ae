using System.Net;
using System.Net.Security;
using System.Net.Sockets;
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
/// connections, nor a frame's size, and tells no reason when it refuses. A connection that has said nothing, one in its handshake and one
/// that has shown its certificate take places of three kinds: the first two are counted by address, the last by the certificate's name,
/// since many gateways may come from one address.
/// </summary>
internal sealed class TlsListener(
    IPEndPoint endpoint, TlsHandshake handshake, RefusalLog refusals, GroupCommitGate gate, IngestCounters counters, TimeProvider time,
    ILogger<TlsListener> log)
    : IMqttServerAdapter
{
    /// <summary>The greatest frame taken whole; a batch's bound with room for topic and properties.</summary>
    public const int MaxFrameBytes = 256 * 1024;

    /// <summary>A larger message, up to this, is taken cut off, so that it is refused by name; beyond it the connection ends.</summary>
    public const int MostReadPastBytes = 16 * 1024 * 1024;

    private const int MaxConnections = 1_000;
    private static readonly TimeSpan FirstByteTimeout = TimeSpan.FromSeconds(5);

    private readonly Places _silent = new(1_000, 250, TimeSpan.Zero, displacesOthers: true, time);
    private readonly Places _handshakes = new(200, 50, TimeSpan.FromSeconds(1), displacesOthers: true, time);
    private readonly Places _gateways = new(MaxConnections, 4, TimeSpan.Zero, displacesOthers: false, time);
    private readonly Places _claims = new(100, 20, TimeSpan.FromSeconds(5), displacesOthers: true, time);
    private readonly CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private MqttServerOptions _options = new();

    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <summary>The address and port asked for; a port of 0 is any that is free.</summary>
    public IPEndPoint Endpoint => endpoint;

    /// <summary>The port listened on, once started.</summary>
    public int Port => ((IPEndPoint)_listener!.LocalEndpoint).Port;

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _options = options;
        handshake.Prepare();
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
        EndPoint? remote = null;
        try
        {
            remote = client.Client.RemoteEndPoint;
            client.NoDelay = true;
            client.Client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            client.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            if (!await SpeaksAsync(client.Client, remote, stop))
                return;
            await using var tls = new SslStream(client.GetStream());
            if (await EnterAsync(tls, remote, stop) is not { } shown)
                return;
            await ConnectedAsync(client, tls, remote, shown);
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
            counters.ConnectionRefused("internal_error");
            log.ConnectionFailed(e, remote);
        }
    }

    /// <summary>Waits for the first byte, which costs next to nothing; false when it does not come.</summary>
    private async Task<bool> SpeaksAsync(Socket socket, EndPoint? remote, CancellationToken stop)
    {
        using var place = _silent.Take(ClientAddress.Of(remote));
        if (place is null)
            return Full(remote);
        using var patience = new CancellationTokenSource(FirstByteTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, place.Lost, patience.Token);
        try
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            if (place.Lost.IsCancellationRequested)
                return Full(remote);
            refusals.Refuse("handshake_timeout", remote, "It said nothing.");
            return false;
        }
    }

    private async Task<X509Certificate2?> EnterAsync(SslStream tls, EndPoint? remote, CancellationToken stop)
    {
        using var place = _handshakes.Take(ClientAddress.Of(remote));
        if (place is not null)
            return await handshake.RunAsync(tls, remote, place.Lost, stop);
        Full(remote);
        return null;
    }

    private async Task ConnectedAsync(TcpClient client, SslStream tls, EndPoint? remote, X509Certificate2 shown)
    {
        var name = ClientCheck.Name(shown);
        using var place = (Claims.Template(name) is null ? _gateways : _claims).Take(name);
        if (place is null)
        {
            Full(remote);
            return;
        }

        using var ending = place.Lost.Register(() =>
        {
            Full(remote);
            client.Dispose();
        });
        using var channel = new FrameLimit(
            new MqttTcpChannel(tls, client.Client.LocalEndPoint, remote, shown), MaxFrameBytes, MostReadPastBytes, () => TooLarge(name),
            gate);
        using var adapter = new MqttChannelAdapter(
            channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(_options.WriterBufferSize, _options.WriterBufferSizeMax)),
            MqttNetNullLogger.Instance);
        await ClientHandler(adapter);
    }

    private bool Full(EndPoint? remote)
    {
        refusals.Refuse("too_many_connections", remote, null);
        return false;
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
