using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IotGateway.Tests.Services;

/// <summary>A mosquitto broker as a process of its own, which can be killed and started again over the same files.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mosquitto";

    private readonly string _configuration;
    private Process? _process;

    private Mosquitto(string folder, int port, string configuration)
    {
        Port = port;
        var data = Directory.CreateDirectory(Path.Combine(folder, $"mosquitto-{port}")).FullName;
        _configuration = Path.Combine(data, "mosquitto.conf");
        File.WriteAllText(
            _configuration,
            $"user {Environment.UserName}\npersistence_location {data}/\nlog_type error\nlog_type warning\n{configuration}\n");
    }

    public static bool IsInstalled => File.Exists(Program);

    public int Port { get; }

    /// <summary>A broker on loopback without TLS, as a LoRaWAN network server has one.</summary>
    public static Mosquitto Plain(string folder, int maxInFlight = 100)
    {
        var port = FreePort();
        return new Mosquitto(
            folder, port,
            $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 200000\nmax_inflight_messages {maxInFlight}");
    }

    /// <summary>
    /// Stands in for AWS IoT Core: mutual TLS, client id and user forced to the certificate's common name, QoS 1 at most, 128 KB; the
    /// client <c>cloud</c> may read and write all, <paramref name="answering"/> may answer gateways, others have their own topics.
    /// </summary>
    public static Mosquitto MutualTls(string folder, TestAuthority authority, string more = "", params string[] answering)
    {
        var port = FreePort();
        File.WriteAllText(
            authority.In("acl"),
            "user cloud\ntopic readwrite #\n" + string.Concat(answering.Select(a => $"user {a}\ntopic write cmd/#\n"))
                + "pattern readwrite dt/%u/#\npattern read cmd/%u/#\n");
        return new Mosquitto(folder, port, $"""
            per_listener_settings false
            allow_anonymous false
            persistence true
            autosave_on_changes true
            autosave_interval 1
            persistent_client_expiration 1d
            acl_file {authority.In("acl")}
            message_size_limit 131072
            max_keepalive 1200
            max_inflight_messages 100
            max_queued_messages 10000
            {more}
            listener {port} 127.0.0.1
            max_qos 1
            cafile {authority.In("ca.pem")}
            certfile {authority.In("srv.pem")}
            keyfile {authority.In("srv.key")}
            crlfile {authority.In("crl.pem")}
            require_certificate true
            use_identity_as_username true
            use_username_as_clientid true
            tls_version tlsv1.2
            """);
    }

    public async Task StartAsync()
    {
        _process =
            Process.Start(new ProcessStartInfo(Program, ["-c", _configuration]) { UseShellExecute = false, RedirectStandardError = true })
                ?? throw new InvalidOperationException("mosquitto did not start.");
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pause.WaitForNextTickAsync(giveUp.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"mosquitto ended with {_process.ExitCode}; its configuration is {_configuration}.");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port, giveUp.Token);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
