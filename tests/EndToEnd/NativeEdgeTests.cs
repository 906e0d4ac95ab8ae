using System.Diagnostics;

namespace IotGateway.EndToEnd.Tests;

/// <summary>
/// The gateway as a native program: published, then put through the gateway's share of these tests. Minutes long: with LONG_TESTS=1.
/// </summary>
public sealed class NativeEdgeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(25);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotgateway-native");

    [Fact]
    public async Task TheNativeGatewayPassesWhatTheOrdinaryOneDoes()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("LONG_TESTS") == "1", "LONG_TESTS=1 publishes a native gateway");
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Repository.NativeEdge) is { Length: > 0 }, "a native gateway is being tested");
        var (code, said) = await RunAsync(
            [
                "publish", Path.Combine(Repository.Root, "edge"), "-c", "Release", "-p:PublishAot=true", "-o", _folder.FullName, "-v",
                "quiet",
            ]);
        Assert.True(code == 0, said);

        // What a warning names beside a package's assembly is our own code.
        Assert.DoesNotContain(
            said.Split('\n'),
            line => line.Contains("warning IL", StringComparison.Ordinal) && line.Contains("IotGateway", StringComparison.Ordinal)
                && line.Contains(".cs(", StringComparison.Ordinal));

        var tests = Path.ChangeExtension(typeof(NativeEdgeTests).Assembly.Location, ".dll");
        (code, said) = await RunAsync(
            [
                tests, "--filter-class", "*KillTests", "--filter-class", "*FleetTests", "--filter-class", "*SourceFaultTests",
                "--filter-class", "*UplinkFaultTests",
            ],
            Path.Combine(_folder.FullName, "IotGateway.Edge"));
        Assert.True(code == 0, said);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int Code, string Said)> RunAsync(string[] arguments, string nativeEdge = "")
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[Repository.NativeEdge] = nativeEdge;
        start.Environment["LONG_TESTS"] = "";
        using var process = Process.Start(start)!;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(giveUp.Token);
            var output = await process.StandardOutput.ReadToEndAsync(giveUp.Token);
            await process.WaitForExitAsync(giveUp.Token);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
