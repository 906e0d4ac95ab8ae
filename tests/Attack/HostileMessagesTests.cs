using System.Globalization;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;

namespace IotGateway.Attack.Tests;

/// <summary>Generated messages of an enrolled gateway, on every topic it may write to, beside one that does nothing wrong.</summary>
public sealed class HostileMessagesTests
{
    private const string Thorn = "thorn";

    [Fact]
    public async Task NoMessageStopsOrDelaysTheCloud()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var cloud = await AttackedCloud.StartAsync(Thorn, "hill");
        await using var witness = new Witness(cloud, "hill");
        using var thorn = new Sender(cloud, Thorn);
        var hostile = new Hostile(Thorn);
        var now = TimeProvider.System.GetUtcNow();
        byte[][] batches =
            [
                hostile.Records(string.Join(
                    ',', Enumerable.Range(0, 20).Select(i => Hostile.Record("d1", "hive_humidity", now.AddSeconds(-i), "55")))),
                Hostile.Plain(hostile.Records(
                    Hostile.Record("d1", "m", now, "1e300", ",\"u\":\"Cel\",\"q\":1"),
                    gaps: "{\"first\":1,\"last\":2,\"readings\":3,\"cause\":\"disk_full\"}")),
            ];
        byte[][] others =
            [
                """
                {"at":"2026-01-01T00:00:00Z","started":"2026-01-01T00:00:00Z","version":"1","bufferedBatches":1,"bufferedReadings":2,
                "bufferUsedShare":0.5,"sources":{"s":"connected"},"counters":{"a":1}}
                """u8.ToArray(),
                """{"state":{"reported":{"backlogShare":0.5,"windowMessages":10,"rejected":{"a":"b"}}},"version":1}"""u8.ToArray(),
                "{}"u8.ToArray(),
            ];
        string[] topics =
            [
                Topics.Status(Thorn), $"$aws/things/{Thorn}/shadow/get", $"$aws/things/{Thorn}/shadow/update",
                "$aws/certificates/create-from-csr/json", $"dt/hill/batch", "$SYS/x", $"cmd/{Thorn}/stored",
            ];
        var count = (int)FuzzShare.Iterations(200_000, 3_000);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(seed);
        var inputs = Enumerable.Range(0, count).Select(i => i % 3 < 2
            ? (Topics.Batch(Thorn), Mutations.Of(batches, random.Next()))
            : (topics[random.Next(topics.Length)], Mutations.Of(others, random.Next())));

        await Parallel.ForEachAsync(
            inputs, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = patience },
            async (input, stop) => await thorn.PublishAsync(input.Item1, input.Item2, stop));

        await cloud.UntilSeenAsync(witness, more: 5);
        Assert.Equal("healthy", (await cloud.GetAsync("/health"))?.GetProperty("status").GetString());
        Assert.NotNull(await cloud.GetAsync("/api/gateways"));
        Assert.NotNull(await cloud.GetAsync("/api/status"));
        await witness.EndAsync();
        Assert.Empty(witness.Sent.Except((await cloud.WitnessedAsync(witness.Began))!));
        Assert.DoesNotContain("Unhandled exception", cloud.Output, StringComparison.Ordinal);
        Assert.Equal(0, await cloud.StopAsync());
    }
}
