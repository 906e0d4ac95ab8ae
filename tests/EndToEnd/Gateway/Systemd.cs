using System.ComponentModel;
using System.Diagnostics;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>A systemd of its own that runs the gateway's unit, or the cloud's; tests/services/systemd.sh says how.</summary>
internal sealed class Systemd : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "services", "systemd.sh");

    private readonly string _folder;
    private readonly string _unit;
    private readonly Process _process;

    private Systemd(string folder, string unit, Process process) => (_folder, _unit, _process) = (folder, unit, process);

    /// <summary>The program's output, over all its starts.</summary>
    public string Output => File.Exists(Log) ? File.ReadAllText(Log) : "";

    private string Log => Path.Combine(_folder, "lib", "gateway.log");

    /// <summary>The reason for which there can be none here; null when there can.</summary>
    public static async Task<string?> ObstacleAsync()
    {
        try
        {
            var (code, said) = await RunAsync(
                "unshare", "--fork", "--pid", "--mount", "--uts", "--ipc", "--cgroup", "--mount-proc", "test", "-x",
                "/lib/systemd/systemd");
            return code == 0 ? null : $"a systemd in namespaces of its own cannot be started here (root? systemd?): {said}";
        }
        catch (Win32Exception e)
        {
            return $"unshare cannot be run: {e.Message}";
        }
    }

    /// <summary>Starts it with the unit; nothing is waited for.</summary>
    /// <param name="folder">Its <c>etc</c> folder holds what goes to /etc/iotgateway.</param>
    /// <param name="service">Lines of a drop-in's section <c>[Service]</c>.</param>
    public static Systemd Start(string folder, string service) => Start(folder, service, "edge", "IotGateway.Edge", "iotgateway");

    /// <summary>The same with the cloud's unit; its <c>etc</c> folder goes to /etc/iotgateway-cloud.</summary>
    public static Systemd StartCloud(string folder, string service) =>
        Start(folder, service, "cloud", "IotGateway.Cloud", "iotgateway-cloud");

    private static Systemd Start(string folder, string service, string name, string assembly, string user)
    {
        var file = $"iotgateway-{name}.service";
        Directory.CreateDirectory(Path.Combine(folder, "drop-in"));
        File.WriteAllText(
            Path.Combine(folder, "drop-in", "test.conf"),
            $"[Service]\nStandardOutput=append:/var/lib/gateway.log\nStandardError=inherit\n{service}\n");
        var program = Path.GetDirectoryName(Repository.Program(name, assembly))!;
        var unit = Path.Combine(Repository.Root, name, "deploy", file);
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath!)!;
        if (!File.Exists(Path.Combine(dotnet, "dotnet")))
            dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return new Systemd(
            folder, file,
            Process.Start(new ProcessStartInfo(Script, [folder, program, unit, dotnet, name, user]) { UseShellExecute = false })!);
    }

    /// <summary>Runs a program beside the unit, as root.</summary>
    public async Task<(int Code, string Said)> RunBesideAsync(params string[] command)
    {
        var children = await File.ReadAllTextAsync($"/proc/{_process.Id}/task/{_process.Id}/children");
        return await RunAsync("nsenter", ["--target", children.Trim(), "--mount", "--pid", .. command]);
    }

    /// <summary>systemctl with a verb for the unit; an empty answer while systemd does not listen.</summary>
    public async Task<string> ControlAsync(params string[] verb)
    {
        var children = await File.ReadAllTextAsync($"/proc/{_process.Id}/task/{_process.Id}/children");
        return children.Trim() is { Length: > 0 } systemd
            ? (await RunAsync("nsenter", ["--target", systemd, "--mount", "--pid", "systemctl", .. verb, _unit])).Said
            : "";
    }

    /// <summary>A property of the unit.</summary>
    public async Task<string> PropertyAsync(string name) => (await ControlAsync("show", "--property", name, "--value")).Trim();

    public async ValueTask DisposeAsync()
    {
        _process.Kill(); // and with it all that runs in its namespaces
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
