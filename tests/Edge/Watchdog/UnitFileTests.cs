using System.Diagnostics;
using System.Runtime.CompilerServices;
using IotGateway.Edge.Tests.Buffer.Disks;

namespace IotGateway.Edge.Tests.Watchdog;

public sealed class UnitFileTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    [Fact]
    public async Task SystemdUnderstandsEveryLineOfTheUnit()
    {
        Assert.SkipUnless(File.Exists(Analyze), "systemd-analyze is not here");
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(Path.Combine(Beside(), "../../../edge/deploy/iotgateway-edge.service"), cancellation);
        const string program = "/opt/iotgateway/edge/IotGateway.Edge";
        Assert.Contains($"ExecStart={program} ", text, StringComparison.Ordinal);

        // The program is not installed where the tests run.
        var unit = Path.Combine(folder.Path, "iotgateway-edge.service");
        await File.WriteAllTextAsync(unit, text.Replace(program, "/bin/true", StringComparison.Ordinal), cancellation);
        using var verify =
            Process.Start(new ProcessStartInfo(Analyze, ["verify", "--man=no", unit])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        var said = await verify.StandardError.ReadToEndAsync(cancellation) + await verify.StandardOutput.ReadToEndAsync(cancellation);
        await verify.WaitForExitAsync(cancellation);

        Assert.Equal("", said);
        Assert.Equal(0, verify.ExitCode);
    }

    private static string Beside([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
