using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IotGateway.Edge.Tests.Fleet;

/// <summary>mosquitto with mutual TLS on a free port; stopped by its process id.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly Process _process;

    private Mosquitto(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync(string folder, TestAuthority authority, string more = "")
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        string ca = Path.Combine(
            folder, "ca.pem"), server = Path.Combine(folder, "server.pem"), conf = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(ca, authority.Pem);
        await File.WriteAllTextAsync(server, authority.Issue("server"));
        await File.WriteAllTextAsync(
            conf,
            $"listener {port} 127.0.0.1\ncafile {ca}\ncertfile {server}\nkeyfile {server}\nrequire_certificate true\nallow_anonymous "
                + $"true\npersistence false\nuser {Environment.UserName}\n{more}");
        var start = new ProcessStartInfo(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", ["-c", conf])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var broker = new Mosquitto(Process.Start(start)!, port);
        broker._process.BeginErrorReadLine();
        broker._process.BeginOutputReadLine();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 200; i++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return broker;
            }
            catch (SocketException)
            {
                await pause.WaitForNextTickAsync();
            }
        }

        await broker.DisposeAsync();
        throw new TimeoutException("mosquitto did not start");
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
