using IotGateway.Cloud.Observations.Lite;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Cloud.Tests.Observations;

public sealed class HotStoreFileTests
{
    [Fact]
    public void TheNewestThreeOfThoseSetAsideAreKept()
    {
        using var folder = new TempFolder();
        var kept = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            File.WriteAllText(folder.File("hot.db"), $"{i}");
            File.WriteAllText(folder.File("hot-log.db"), $"{i}");
            kept.Add(Open(folder, i).SetAside("a test")!);
        }

        string[] expected = [.. kept.TakeLast(3).SelectMany(a => (string[])[a, $"{a}-log"])];
        Assert.Equal(expected, Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AFileThatCannotBeReadNowIsNotSetAside()
    {
        using var folder = new TempFolder();
        using (Open(folder, 0).Open())
        {
        }

        using (new FileStream(folder.File("hot.db"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.ThrowsAny<IOException>(() => Open(folder, 0).Open());

        Assert.Empty(Directory.GetFiles(folder.Path, "*.aside"));
    }

    private static HotStoreFile Open(TempFolder folder, int minutes) =>
        new(folder.File("hot.db"), new At(TestGateway.Noon.AddMinutes(minutes)), NullLogger<HotStoreFile>.Instance);

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
