using System.Diagnostics;

namespace IotGateway.EndToEnd.Tests.Commands;

/// <summary>The cloud's commands as root, on a folder that belongs to the service's user.</summary>
public sealed class RootsCommandsTests : IDisposable
{
    private const string User = "12345";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("roots-commands");

    [Fact]
    public async Task TheyLeaveEverythingToTheServicesUser()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can work as another user");
        File.SetUnixFileMode(
            _folder.FullName,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var (data, identity, claim) = (In("data"), In("identity"), In("claim"));
        Directory.CreateDirectory(data);
        await SaidAsync("chown", User + ":" + User, data);

        await DoneAsync("enroll", "hill", "--data", data, "--out", identity);
        await DoneAsync("enroll", "valley", "--data", data, "--out", In("valley"));
        await DoneAsync("revoke", "valley", "--data", data);
        await DoneAsync("reset", "valley", "--data", data);
        await DoneAsync("claim", "--data", data, "--out", claim);
        await DoneAsync("rebuild", "--data", data);
        await DoneAsync("retain", "--raw-days", "1", "--apply", "--data", data);
        await DoneAsync("erase", "--device", "a1", "--data", data);

        Assert.Equal("", await SaidAsync("find", data, "!", "-user", User));
        Assert.Equal("", await SaidAsync("find", identity, claim, "!", "-user", "root"));
        Assert.True(File.Exists(Path.Combine(identity, "gateway.key")));

        await using var serving = new Running(
            "cloud", Repository.Program("cloud", "IotGateway.Cloud"), "--data", data, "--urls", "http://127.0.0.1:0", "--Ingest:Port", "0");
        await serving.SaysAsync("Gateways may connect", Patience);
        Assert.Equal("", await SaidAsync("find", data, "!", "-user", User));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private static async Task DoneAsync(params string[] arguments)
    {
        await using var command = new Running(arguments[0], Repository.Program("cloud", "IotGateway.Cloud"), arguments);
        await command.EndsAsync(Patience);
        Assert.True(command.ExitCode == 0, $"{arguments[0]}: {command.ExitCode}: {command.Output}");
    }

    private static async Task<string> SaidAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }
}
