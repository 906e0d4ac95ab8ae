namespace IotGateway.EndToEnd.Tests;

/// <summary>kill -9 in mid replay, again and again: what was acknowledged is there afterwards, once.</summary>
public class KillTests
{
    private static readonly string[] SixDays =
    [
        "--speed", "0", "--from", "2021-06-19", "--until", "2021-06-25", "--duplicate-share", "0.1",
    ];

    [Theory]
    [InlineData("edge")]
    [InlineData("cloud")]
    [InlineData("both")]
    public async Task KillingInMidReplayLosesNothing(string victim)
    {
        await using var chain = new Chain();
        await chain.EnrollAsync();
        await chain.StartCloudAsync();
        await chain.StartFieldAsync(SixDays);
        await chain.StartEdgeAsync();

        var seen = 0L;
        for (var kill = 0; kill < 4; kill++)
        {
            var mark = seen + 500;
            seen = await chain.UntilAsync(
                "readings arrive", () => StoredReadings.CountAsync(chain),
                n => n >= mark || chain.Field!.Output.Contains("replay ended", StringComparison.Ordinal));
            if (victim is "edge" or "both")
            {
                await chain.Edge!.KillAsync();
                await chain.Edge.DisposeAsync();
            }

            if (victim is "cloud" or "both")
            {
                await chain.Cloud!.KillAsync();
                await chain.Cloud.DisposeAsync();
                await chain.StartCloudAsync();
            }

            if (victim is "edge" or "both")
                await chain.StartEdgeAsync();
        }

        await chain.Field!.SaysAsync("replay ended", Chain.Patience);
        var sent = SentReadings.Read(chain.Ledger);
        await chain.UntilAsync(
            "all readings stored", () => StoredReadings.CountAsync(chain), n => n == sent.Readings.Count, TimeSpan.FromMinutes(2));
        StoredReadings.Equal(sent, await StoredReadings.AllAsync(chain));

        var edge = await chain.UntilAsync(
            "the gateway's buffer is free", async () => await chain.GetAsync(chain.EdgeUrl + "/status.json"),
            s => s?.GetProperty("buffer").GetProperty("batches").GetInt64() == 0);
        Assert.Equal(0, edge!.Value.GetProperty("deadLetters").GetInt32());
    }
}
