using System.Text;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Erasure;

public sealed class EraseCommandTests
{
    [Fact]
    public async Task NoFileOfAStoppedCloudHoldsAnErasedDevice()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5, "goes-away"), Reading(0, 34.5, "stays-here")));
            await cloud.RawBatchesAsync();
            await gateway.SendAsync(Encode("hill", 3, Reading(1, 34.5, "goes-away"), Reading(1, 34.5, "stays-here")));
        }

        // What a killed process leaves.
        using (var raw = new RawLog(folder.File("log"), TimeProvider.System))
        {
            var left = Encode("hill", 5, Reading(2, 34.5, "goes-away"), Reading(2, 34.5, "stays-here"));
            raw.Append([(Batch.Decode(left), left)]);
        }

        Assert.Equal(0, await Commands.RunAsync(["erase", "--device", "goes-away", "--data", folder.Path]));

        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("erased", StringComparison.Ordinal))
            .ToArray();
        Assert.DoesNotContain(files, f => Holds(f, "goes-away"));
        await using var again = await TestCloud.StartAsync(folder.Path);
        Assert.Equal(3, again.Store.Count);
    }

    private static bool Holds(string file, string text) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
