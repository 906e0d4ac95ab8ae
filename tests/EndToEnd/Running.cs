using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IotGateway.EndToEnd.Tests;

/// <summary>One of the product's processes, started as a user starts it and stopped by its process id.</summary>
internal sealed partial class Running : IAsyncDisposable
{
    private const int Sigterm = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _line = new(0);

    public Running(string name, string assembly, params string[] arguments)
        : this(name, assembly, [], arguments)
    {
    }

    public Running(string name, string assembly, Dictionary<string, string> environment, string[] arguments)
    {
        Name = name;
        var managed = assembly.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(managed ? "dotnet" : assembly, managed ? [assembly, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public string Output => string.Join('\n', _lines);

    /// <summary>Waits until a line with this text was written.</summary>
    public async Task SaysAsync(string text, TimeSpan patience)
    {
        using var giveUp = new CancellationTokenSource(patience);
        while (!_lines.Any(l => l.Contains(text, StringComparison.Ordinal)))
        {
            try
            {
                await _line.WaitAsync(giveUp.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"{Name} did not say '{text}' within {patience.TotalSeconds:0} s. It said:\n{Output}", e);
            }
        }
    }

    /// <summary>Waits until the process ends by itself.</summary>
    public async Task EndsAsync(TimeSpan patience)
    {
        using var giveUp = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(giveUp.Token);
    }

    /// <summary>kill -9: the process has no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor stops it.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (!_process.HasExited)
            _ = Signal(_process.Id, Sigterm);
        using var giveUp = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(giveUp.Token);
        }
        catch (OperationCanceledException e)
        {
            _process.Kill();
            throw new TimeoutException($"{Name} did not stop within {patience.TotalSeconds:0} s. It said:\n{Output}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _line.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is null)
            return;
        _lines.Enqueue(e.Data);
        try
        {
            _line.Release();
        }
        catch (ObjectDisposedException)
        {
            // The last lines of a process that was disposed.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
