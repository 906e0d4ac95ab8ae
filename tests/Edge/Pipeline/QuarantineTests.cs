using System.Text.Json;
using IotGateway.Edge.Pipeline;
using IotGateway.Edge.Sources.Contract;
using IotGateway.Hosting;

namespace IotGateway.Edge.Tests.Pipeline;

public sealed class QuarantineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quarantine");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void KeepsTheMessageWithItsReason()
    {
        using (var quarantine = new Quarantine(_folder.FullName, new Counters()))
        {
            Add(quarantine, new byte[1_000_000], 0, "too_large", "It has 1,000,000 bytes.");
            Add(quarantine, [1, 2, 3], 0, "truncated", "It is cut.");
        }

        var file = Assert.Single(_folder.GetFiles());
        var lines = File.ReadAllLines(file.FullName).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(["too_large", "truncated"], lines.Select(l => l.GetProperty("reason").GetString()!));
        Assert.Equal([1_000_000, 3], lines.Select(l => l.GetProperty("payloadBytes").GetInt32()));
        Assert.Equal(Quarantine.KeptPayloadBytes, lines[0].GetProperty("payload").GetBytesFromBase64().Length);
        Assert.Equal([1, 2, 3], lines[1].GetProperty("payload").GetBytesFromBase64());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.FullName));
    }

    [Fact]
    public void AClockSetBackDoesNotMakeTheNewestFileTheOldest()
    {
        var counters = new Counters();
        for (var day = 30; day >= 0; day--)
        {
            using var quarantine = new Quarantine(_folder.FullName, counters);
            Add(quarantine, [(byte)day], day * 86_400_000L, "test", "");
        }

        var kept = Quarantine.Files(_folder.FullName)
            .Select(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("payload").GetBytesFromBase64()[0]);
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 0], kept.Select(k => (int)k));
    }

    [Fact]
    public void NeverGrowsBeyondItsFilesAndCountsWhatWent()
    {
        var counters = new Counters();
        var perFile = 0;
        using var quarantine = new Quarantine(_folder.FullName, counters);
        for (var i = 0; counters["quarantine.dropped"] == 0; i++)
        {
            Add(quarantine, new byte[Quarantine.KeptPayloadBytes], i, "test", new string('x', 120_000));
            perFile = Math.Max(perFile, _folder.GetFiles().Length);
            Assert.True(i < 100_000, "nothing was ever dropped");
        }

        Assert.Equal(Quarantine.MaxFiles, perFile);
        Assert.True(_folder.GetFiles().Sum(f => f.Length) <= Quarantine.MaxFiles * (Quarantine.MaxFileBytes + 200_000));
    }

    private static void Add(Quarantine quarantine, byte[] payload, long milliseconds, string reason, string explanation) => quarantine.Add(
        "lorawan", new RawMessage("application/1/device/2/event/up", payload),
        new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero).AddMilliseconds(milliseconds), reason, explanation);
}
