using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace IotGateway.Tests.Services;

/// <summary>A process that serves a port of this machine, until disposed.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Loopback(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Starts it and waits until it takes connections.</summary>
    public static async Task<Loopback> StartAsync(string program, Func<int, string[]> arguments)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program, arguments(port))
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
        };
        var said = new List<string>();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var started = new Loopback(process, port);
        using var giveUp = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await pause.WaitForNextTickAsync(giveUp.Token))
            {
                if (process.HasExited)
                    break;
                if (await AnswersAsync(port))
                    return started;
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        await started.DisposeAsync();
        throw new InvalidOperationException($"{program} did not serve port {port}: {string.Join('\n', said)}");

        void Keep(string? line)
        {
            lock (said)
            {
                if (line is not null && said.Count < 100)
                    said.Add(line);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>tests/services of the checkout that the tests lie in.</summary>
    public static string Folder { get; } = Find();

    /// <summary>Skips the test where a file is not, naming who installs it.</summary>
    public static void Needs(string file, string what) =>
        Assert.SkipUnless(File.Exists(file), $"{what} is not installed (test.sh does): there is no {file}.");

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "IotGateway.sln")))
            root = root.Parent;
        return Path.Combine(root.FullName, "tests", "services");
    }
}
