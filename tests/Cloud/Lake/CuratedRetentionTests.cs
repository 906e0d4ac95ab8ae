using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated;
using IotGateway.Cloud.Lake.Retention;
using IotGateway.Telemetry;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedRetentionTests
{
    private static CancellationToken Stop => CuratedBench.Stop;

    [Fact]
    public async Task WhatIsDueIsListedFirstAndGoesWhenAsked()
    {
        using var bench = new CuratedBench();
        var old = await bench.PutAsync(Noon.AddDays(-10), Reading(-10 * 1440, 1), Reading(-2 * 1440, 2));
        await bench.PutAsync(Noon, Reading(0, 3));
        await bench.PassAsync();
        var held = await bench.PutAsync(
            Noon.AddDays(-10), Reading(-10 * 1440, -40, "b", Metrics.Weight) with { Quality = Quality.OutOfRange });
        await bench.PassAsync();
        var late = await bench.PutAsync(Noon.AddDays(-10), Reading(5, 4));
        var before = bench.Memory.Keys;

        var dry = await RetainAsync(bench, 5, 5, apply: false);
        Assert.Equal((1L, 2L), dry.Counts["raw"]);
        Assert.Equal(
            [$"raw {old}", $"raw {held} {Stays}", $"raw {late} {Stays}"],
            dry.Lines
                .Where(l => l.StartsWith("raw ", StringComparison.Ordinal))
                .OrderBy(l => l.Contains(Stays, StringComparison.Ordinal))
                .ThenBy(l => l, StringComparer.Ordinal));
        Assert.Equal(
            ["curated metric_family=climate/date=2021-06-21"], dry.Lines.Where(l => l.StartsWith("curated ", StringComparison.Ordinal)));
        Assert.Equal(before, bench.Memory.Keys);

        var done = await RetainAsync(bench, 5, 5, apply: true);
        Assert.Equal(dry.Lines, done.Lines);
        Assert.Null(await bench.Store.GetAsync(old, Stop));
        await bench.PassAsync();
        Assert.Equal([2d, 3, 4], (await bench.RowsAsync()).Select(r => r.Value));
        bench.Time.Advance(TimeSpan.FromHours(1));
        await new Sweep(bench.Store, bench.Publisher(), bench.Time).RunAsync(bench.Options.Grace, Stop);
        Assert.DoesNotContain(
            bench.Memory.Keys, k => k.StartsWith("curated/metric_family=climate/date=2021-06-21/", StringComparison.Ordinal));
        Assert.Equal(0, (await RetainAsync(bench, 5, 5, apply: false)).Counts["curated"].Gone);
    }

    [Fact]
    public async Task NothingGoesWithoutALimit()
    {
        using var bench = new CuratedBench();
        await bench.PutAsync(Noon.AddDays(-1000), Reading(-1000 * 1440, 1));
        await bench.PassAsync();
        var before = bench.Memory.Keys;
        var output = new StringWriter();

        Assert.Equal(0, await Command(bench).RunAsync(new Dictionary<string, int>(), apply: true, output, Stop));

        Assert.Equal("0 raw objects and 0 partitions were let go; 0 raw objects that are due stay.\n", output.ToString());
        Assert.Equal(before, bench.Memory.Keys);
        Assert.Single(await bench.RowsAsync());
    }

    private const string Stays = "stays: the curated lake does not hold all of it yet";

    private static RetainCommand Command(CuratedBench bench) => new(
        [new RawRetention(bench.Store, bench.Ledger), new CuratedRetention(bench.Store, bench.Time)], bench.Time);

    /// <summary>Both retentions in the command's order, with what each counted and listed.</summary>
    private static async Task<(Dictionary<string, (long Gone, long Stay)> Counts, List<string> Lines)> RetainAsync(
        CuratedBench bench, int rawDays, int curatedDays, bool apply)
    {
        var (counts, lines) = (new Dictionary<string, (long Gone, long Stay)>(), new List<string>());
        foreach (var (store, days) in new (IRetained, int)[]
        {
            (new CuratedRetention(bench.Store, bench.Time), curatedDays), (new RawRetention(bench.Store, bench.Ledger), rawDays),
        })
            counts[store.Word] = await store.LetGoAsync(
                bench.Time.GetUtcNow().AddDays(-days), apply, line => lines.Add($"{store.Word} {line}"), Stop);
        return (counts, lines);
    }
}
