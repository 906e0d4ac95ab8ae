using System.Text.Json;

namespace IotGateway.EndToEnd.Tests.Aws;

/// <summary>The whole way by queue, tables and bucket, with two workers of which one is killed in mid work.</summary>
public class AwsChainTests
{
    /// <summary>In some twenty seconds, so that there is a middle to be killed in.</summary>
    private static readonly string[] Days =
    [
        "--speed", "16000", "--from", "2021-06-19", "--until", "2021-06-23", "--lost-share", "0.02", "--duplicate-share", "0.1",
    ];

    [Fact]
    public async Task AWorkerIsKilledAndEachReadingIsStoredOnce()
    {
        await using var chain = await AwsChain.StartAsync();
        await Task.WhenAll(chain.StartWorkerAsync("worker-1"), chain.StartWorkerAsync("worker-2"));
        await chain.StartFieldAsync(Days);
        await chain.StartEdgeAsync();

        // Both have stored something, and there is more in work.
        await chain.UntilAsync(
            "both workers store", async () => await chain.StoredByAsync("worker-1") > 0 && await chain.StoredByAsync("worker-2") > 0);
        await chain.UntilAsync("more is in work", async () => await chain.LeftAsync(chain.Queue) > 0);
        await chain.Workers["worker-1"].Process.KillAsync();
        Assert.DoesNotContain("replay ended", chain.Field!.Output, StringComparison.Ordinal);

        await chain.Field!.SaysAsync("replay ended", AwsChain.Patience);
        var sent = SentReadings.Read(chain.Ledger);
        await chain.UntilAsync("all readings are in the table", async () => (await chain.ItemsAsync()).Count >= sent.Readings.Count);
        await chain.UntilAsync(
            "the gateway's buffer is free",
            async () => await chain.EdgeStatusAsync() is { } status && status.GetProperty("buffer").GetProperty("batches").GetInt64() == 0
                && status.GetProperty("deadLetters").GetInt32() == 0);
        await chain.UntilAsync("the queue is empty", async () => await chain.LeftAsync(chain.Queue) == 0);
        Assert.Equal(0, await chain.LeftAsync(chain.DeadLetters));

        StoredReadings.Equal(sent, await chain.ItemsAsync());
        await OthersReadTheSameAsync(chain, sent);
    }

    private static async Task OthersReadTheSameAsync(AwsChain chain, SentReadings sent)
    {
        var totals = await chain.TotalsAsync();
        var expected = sent.Readings
            .GroupBy(r => $"{r.Key.Device}/{r.Key.Metric}", StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Count(), Math.Round(g.Sum(r => r.Value[0]), 6))).ToArray();
        Assert.Equal(expected, Sums(totals.GetProperty("items")));
        Assert.Equal(expected, Sums(totals.GetProperty("objects")));
        Assert.Empty(totals.GetProperty("strange").EnumerateArray());
        Assert.InRange(totals.GetProperty("batches").GetInt32(), 1, chain.Bridge.Messages);

        // One item a frame, under the device's month, as the command line asks for it.
        var (device, _, time) = sent.Readings.Keys.First();
        var values = "{\":p\":{\"S\":\"" + device + "#2021-06\"},\":t\":{\"N\":\"" + time + "\"}}";
        using var item = JsonDocument.Parse(await chain.CliAsync(
            "dynamodb", "query", "--table-name", AwsChain.Prefix + "readings", "--key-condition-expression", "#p = :p AND #t = :t",
            "--expression-attribute-names", """{"#p":"Partition","#t":"Time"}""", "--expression-attribute-values", values));
        var found = Assert.Single(item.RootElement.GetProperty("Items").EnumerateArray());
        Assert.Equal(
            sent.Readings.Keys.Where(k => k.Device == device && k.Time == time).Select(k => k.Metric).Order(StringComparer.Ordinal),
            found.EnumerateObject().Select(a => a.Name).Where(n => char.IsAsciiLetterLower(n[0])).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Series, int Count, double Sum)> Sums(JsonElement totals) =>
        totals.EnumerateObject().Select(s => (s.Name, s.Value[0].GetInt32(), Math.Round(s.Value[1].GetDouble(), 6)));
}
