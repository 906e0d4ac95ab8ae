using System.Diagnostics;

namespace IotGateway.Edge.Tests;

/// <summary>Needs that the program has of a machine.</summary>
public class MachineTests
{
    [Fact]
    public async Task TheProgramAsksForNoIcu()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loader's account is Linux's");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "IotGateway.Edge"), ["help"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_DEBUG"] = "libs";
        start.Environment.Remove("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");
        using var program = Process.Start(start)!;
        var loaded = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, program.ExitCode);
        Assert.StartsWith("usage:", said, StringComparison.Ordinal);
        Assert.Contains("find library=libstdc++", await loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("libicu", await loaded, StringComparison.Ordinal);
    }
}
