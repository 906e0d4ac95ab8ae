namespace IotGateway.Attack.Tests;

/// <summary>
/// A log segment that acknowledged readings lie in alone is harmed while the cloud is down: it says so, and everything else goes on.
/// </summary>
public sealed class LostSegmentTests
{
    public static TheoryData<string> Harms => ["emptied", "noise", "deleted"];

    [Theory]
    [MemberData(nameof(Harms))]
    public async Task WhatWasLostIsToldAndTheOtherGatewayGoesOn(string harm)
    {
        await using var cloud = await AttackedCloud.StartAsync("vale", "hill");
        await using (var before = new Witness(cloud, "vale"))
        {
            // The log's ledger is written within seconds of a segment's first batch.
            var ledger = new FileInfo(Path.Combine(cloud.Data, "log.ledger"));
            await AttackedCloud.UntilAsync(
                "a ledger that knows the segment", () => new FileInfo(ledger.FullName) is { Exists: true, Length: > 0 });
            await cloud.UntilSeenAsync(before, more: 5);
            await cloud.KillAsync();
            Assert.All(Segments(cloud), file => Harm(file, harm));
            await cloud.RunAsync();
            Assert.NotEqual(0, (await cloud.GetAsync("/api/status"))!.Value.GetProperty("lakeFaults").GetArrayLength());
            Assert.NotEqual(0, (await cloud.GetAsync("/health"))!.Value.GetProperty("warnings").GetArrayLength());
        }

        await using var witness = new Witness(cloud, "hill");
        await cloud.UntilSeenAsync(witness, more: 5);
        await witness.EndAsync();
        Assert.Empty(witness.Sent.Except((await cloud.WitnessedAsync(witness.Began))!));
        Assert.Equal(0, await cloud.StopAsync());
    }

    private static List<string> Segments(AttackedCloud cloud) =>
        [.. Directory.EnumerateFiles(Path.Combine(cloud.Data, "log"), "*.log").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0]))];

    private static void Harm(string file, string harm)
    {
        switch (harm)
        {
            case "emptied":
                File.WriteAllBytes(file, []);
                break;
            case "noise":
                var noise = new byte[new FileInfo(file).Length];
                new Random(1).NextBytes(noise);
                File.WriteAllBytes(file, noise);
                break;
            default:
                File.Delete(file);
                break;
        }
    }
}
