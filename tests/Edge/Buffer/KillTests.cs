using System.Diagnostics;
using System.Globalization;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

public sealed class KillTests
{
    /// <summary>Kills a real writer at random moments, over and over on the same folder.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task NothingAcknowledgedIsLostToAKill(int syncDelayMilliseconds)
    {
        var loops = Given.LongTests ? 50 : 10;
        using var folder = new TemporaryFolder();
        var obligations = new Obligations();
        var random = new Random(syncDelayMilliseconds);
        var owed = 0;
        for (var loop = 0; loop < loops; loop++)
        {
            await RunAndKillAsync(
                folder.Path, (syncDelayMilliseconds * 100) + loop + 1, syncDelayMilliseconds, random.Next(1, 150), obligations);
            owed += obligations.Count;
            await using var buffer = Given.Buffer(Given.Options(512 << 10, folder: folder.Path));
            obligations.HoldTo(buffer);
        }

        Assert.True(owed > loops, $"the writer acknowledged too little ({owed}) to prove anything");
    }

    private static async Task RunAndKillAsync(string folder, int seed, int delay, int lines, Obligations obligations)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "IotGateway.BufferWriter.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[]
        {
            program, folder, seed.ToString(CultureInfo.InvariantCulture), delay.ToString(CultureInfo.InvariantCulture),
        })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
            for (var read = 0; await process.StandardOutput.ReadLineAsync() is { } line; read++)
            {
                Note(line, obligations);
                if (read == lines)
                    process.Kill();
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static void Note(string line, Obligations obligations)
    {
        // The last line before a kill may be cut short: without its full stop it says nothing.
        switch (line.Split(' '))
        {
            case ["+", var sequence, var id, "."]:
                obligations.Acknowledged(long.Parse(sequence, CultureInfo.InvariantCulture), long.Parse(id, CultureInfo.InvariantCulture));
                break;
            case ["?", var leaving, "."]:
                obligations.Leaving(long.Parse(leaving, CultureInfo.InvariantCulture));
                break;
            case ["-", var gone, "."]:
                obligations.Gone(long.Parse(gone, CultureInfo.InvariantCulture));
                break;
        }
    }
}
