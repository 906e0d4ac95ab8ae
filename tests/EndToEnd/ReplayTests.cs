using System.Text.Json;

namespace IotGateway.EndToEnd.Tests;

/// <summary>Field, gateway and cloud as separate processes: what the field sent is what the cloud stores, each reading once.</summary>
public class ReplayTests
{
    /// <summary>As fast as the chain takes it: three days of seven hives, frames lost and frames heard twice among them.</summary>
    private static readonly string[] ThreeDays =
    [
        "--speed", "0", "--from", "2021-06-19", "--until", "2021-06-22", "--lost-share", "0.02", "--duplicate-share", "0.2",
    ];

    [Fact]
    public async Task TheCloudStoresEachDistinctReadingOnce()
    {
        await using var chain = new Chain();
        await chain.EnrollAsync();
        await chain.StartCloudAsync();
        await chain.StartFieldAsync(ThreeDays);
        await chain.StartEdgeAsync();

        await chain.Field!.SaysAsync("replay ended", Chain.Patience);
        var sent = SentReadings.Read(chain.Ledger);
        await chain.UntilAsync("all readings stored", () => StoredReadings.CountAsync(chain), n => n == sent.Readings.Count);

        StoredReadings.Equal(sent, await StoredReadings.AllAsync(chain));
        Assert.True(sent.Lost > 0);
        var edge = (await chain.GetAsync(chain.EdgeUrl + "/status.json"))!.Value;
        Assert.True(edge.GetProperty("counters").GetProperty("frames.duplicate").GetInt64() > 0);
        Assert.True(edge.GetProperty("counters").GetProperty("frames.missed").GetInt64() > 0);
        await TheHivesAreJoinedWithWeatherAndJudgedAsync(chain);
        await EveryProcessStopsAsync(chain);
        await TheLakeHoldsTheSameAsync(chain, sent);
    }

    [Fact]
    public async Task BadInputIsNamedAndCountedAndNothingElseStops()
    {
        await using var chain = new Chain();
        await chain.EnrollAsync();
        await chain.StartCloudAsync();
        await chain.StartFieldAsync("--speed", "0", "--from", "2021-06-19", "--until", "2021-06-20", "--bad-share", "0.2");
        await chain.StartEdgeAsync();

        await chain.Field!.SaysAsync("replay ended", Chain.Patience);
        var sent = SentReadings.Read(chain.Ledger);
        var good = sent.Readings.Keys.Where(k => k.Time != uint.MaxValue * 1000L && k.Device != "ffffffffffff0001").ToHashSet();

        // Each kind of the field's bad input, and the name the gateway gives it.
        (string Sent, string Counter)[] kinds =
        [
            ("time-2106", "flagged.FutureTime"), ("not-base64", "discarded.not_base64"), ("truncated", "discarded.truncated"),
            ("oversized", "discarded.payload_too_large"),
            ("not-json", "discarded.not_json"), ("other-shape", "discarded.bad_event"), ("unknown-eui", "discarded.unknown_device"),
            ("one-megabyte", "discarded.too_large"),
        ];
        var counters = await chain.UntilAsync(
            "every bad message counted",
            async () => (await chain.GetAsync(chain.EdgeUrl + "/status.json"))?.GetProperty("counters"),
            c => c is { } some && kinds.Sum(k => Count(some, k.Counter)) >= kinds.Sum(k => sent.Bad[k.Sent])
                && Count(some, "discarded.no_value") >= sent.Bad["no-value"]);

        Assert.Equal(
            kinds.Select(k => (k.Counter, (long)sent.Bad[k.Sent])), kinds.Select(k => (k.Counter, Count(counters!.Value, k.Counter))));
        foreach (var reason in new[]
        {
            "truncated", "payload_too_large", "not_json", "bad_event", "unknown_device", "too_large", "not_base64", "no_value",
        })
            Assert.Contains(reason, chain.Edge!.Output, StringComparison.Ordinal);

        // The frames with a time in 2106 are stored under the network's time.
        var expected = good.Count + sent.Bad["time-2106"];
        await chain.UntilAsync("all good readings stored", () => StoredReadings.CountAsync(chain), n => n == expected);
        Assert.Subset((await StoredReadings.AllAsync(chain)).Keys.ToHashSet(), good);
    }

    private static async Task TheHivesAreJoinedWithWeatherAndJudgedAsync(Chain chain)
    {
        var hives = await chain.UntilAsync(
            "a state for each of the seven hives",
            async () => await chain.GetAsync(chain.CloudUrl + "/api/hives"),
            h => h is { } all
                && all.EnumerateArray().Count(x => x.TryGetProperty("state", out var f) && f.ValueKind == JsonValueKind.Object) == 7);
        foreach (var hive in hives!.Value.EnumerateArray().Where(h => h.GetProperty("site").GetProperty("id").GetString() == "montreal"))
        {
            Assert.NotEmpty(hive.GetProperty("state").GetProperty("reasons").EnumerateArray());
            var url = $"{chain.CloudUrl}/api/hives/{hive.GetProperty("id").GetString()}/readings"
                + $"?metric=hive_temperature&from=2021-06-21T12:00:00Z&to=2021-06-21T13:00:00Z";
            var page = (await chain.GetAsync(url))!.Value;
            Assert.Equal("Cel", page.GetProperty("unit").GetString());
            Assert.All(
                page.GetProperty("readings").EnumerateArray(),
                r => Assert.True(r.GetProperty("weather").GetProperty("temperature").GetDouble() is > 0 and < 40));
        }
    }

    /// <summary>
    /// Totals by device and metric of source, raw and curated lake; hot store and source were compared reading by reading.
    /// </summary>
    private static async Task TheLakeHoldsTheSameAsync(Chain chain, SentReadings sent)
    {
        var expected = sent.Readings.Keys.GroupBy(k => (k.Device, k.Metric)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(expected.OrderBy(e => e.Key), LakeReadings.Raw(chain.In("cloud/lake")).OrderBy(e => e.Key));

        // What settled as the cloud stopped becomes curated once it runs again.
        await chain.StartCloudAsync();
        await chain.UntilAsync(
            "all readings curated",
            async () => (await chain.GetAsync(chain.CloudUrl + "/api/status"))?.GetProperty("curated").GetProperty("rows").GetInt64() ?? -1,
            n => n == sent.Readings.Count);
        Assert.Equal(expected.OrderBy(e => e.Key), LakeReadings.Curated(chain.In("cloud/lake")).OrderBy(e => e.Key));
    }

    private static async Task EveryProcessStopsAsync(Chain chain)
    {
        foreach (var process in new[] { chain.Edge!, chain.Field!, chain.Cloud! })
        {
            await process.StopAsync(TimeSpan.FromSeconds(12));
            Assert.True(process.ExitCode == 0, $"{process.Name} ended with {process.ExitCode}:\n{process.Output}");
        }
    }

    private static long Count(JsonElement counters, string name) => counters.TryGetProperty(name, out var count) ? count.GetInt64() : 0;
}
