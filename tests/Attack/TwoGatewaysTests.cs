using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;

namespace IotGateway.Attack.Tests;

/// <summary>
/// One gateway does its worst, another nothing wrong: each reading of the other is seen within two seconds, none is lost, the cloud is
/// killed in the midst, and its memory stays bounded.
/// </summary>
public sealed class TwoGatewaysTests
{
    private const string Thorn = "thorn";
    private const string Hill = "hill";
    private const long MostMemory = 500L * 1024 * 1024;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly string Long = new('x', 190_000);

    /// <summary>Messages beyond one of the bounds a message has.</summary>
    private static readonly Dictionary<string, Func<Hostile, IEnumerable<byte[]>>> Attacks = new(StringComparer.Ordinal)
    {
        ["144,000 metric names of one device"] = h => Times(6, n => h.Many(24_000, i => Hostile.Record("d1", $"m{n}_{i}", Now))),
        ["units that inflate to 4 MB"] =
            h => Times(6, _ => h.Records(Hostile.Record("d1", "m", Now, more: $",\"u\":\"{new string('u', 4_000_000)}\""))),
        ["units within what may be inflated"] =
            h => Times(6, _ => h.Records(Hostile.Record("d1", "m", Now, more: $",\"u\":\"{new string('u', 900_000)}\""))),
        ["120 gaps with long causes"] =
            h => Times(120, _ => h.Records("", gaps: $"{{\"first\":1,\"last\":1,\"readings\":1,\"cause\":\"{Long}\"}}")),
        ["200 messages of 260,001 readings"] = h =>
        {
            var message =
                h.Records("{\"bn\":\"d1/\",\"bt\":1700000000,\"n\":\"m\",\"v\":1}"
                    + string.Concat(Enumerable.Repeat(",{\"v\":1,\"n\":\"m\"}", 260_000)));
            return Times(200, _ => message);
        },
        ["50,000 different days"] =
            h => Times(2, n => h.Many(25_000, i => Hostile.Record("d1", "m", DateTimeOffset.UnixEpoch.AddDays((25_000 * n) + i)))),
        ["60,000 new streams"] = h => Times(
            FuzzShare.Long ? 60_000 : 6_000,
            n => h.Records(Hostile.Record("d1", "hive_humidity", Now.AddMilliseconds(-n)), stream: $"h{n}")),
        ["600 flagged readings of a device nobody knows"] = h => Times(
            10, n => h.Many(
                60, i => Hostile.Record(
                    "nobody1", "hive_temperature", Now.AddMilliseconds(-(n * 60) - i), "999", ",\"u\":\"Cel\",\"q\":1"))),
        ["315,000 new devices"] = h => Times(7, n => h.Many(45_000, i => Hostile.Record($"d{n}x{i}", "m", Now))),
        ["a hole after each of 600,000 batches"] = h => Times(
            FuzzShare.Long ? 600_000 : 20_000, n => h.Records(Hostile.Record("d1", "hive_humidity", Now.AddMilliseconds(-n)), step: 2)),

        // The same just inside of a message's bounds, so that all of it is taken until the gateway's own are reached.
        ["as many readings as a message takes, descending"] = h => Times(
            60, n => h.Many(8_000, i => Hostile.Record("d1", "m", Now.AddMilliseconds(-(8_000 * n) - i)))),
        ["as many new devices as a message takes"] = h => Times(30, n => h.Many(2_000, i => Hostile.Record($"d{n}x{i}", "m", Now))),
        ["as many known devices as a message takes"] = h => Times(
            60, n => h.Many(2_000, i => Hostile.Record($"d{n % 5}x{i}", "m", Now.AddSeconds(-n)))),
        ["as many days as a message takes"] = h => Times(
            30, n => h.Many(2_000, i => Hostile.Record($"d{i % 10}x{n}", "m", Now.AddDays(-1 - (i / 10))))),
        ["as many metrics as a message takes"] = h => Times(20, n => h.Many(250, i => Hostile.Record("d1", $"m{n}_{i}", Now))),
        ["times that cannot be"] = h => Times(
            20, n => h.Many(400, i => Hostile.Record("witness1", "hive_temperature", Now.AddYears(70).AddDays(i + (400 * n)), "20"))),
        ["values at the ends of what a number holds"] = h => Times(
            20, n => h.Many(
                300, i => Hostile.Record("d1", "hive_temperature", Now.AddMilliseconds(-(n * 300) - i), i % 2 == 0 ? "1e308" : "-1e308"))),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task WhatOneGatewayDoesNeverHoldsBackTheOther(string attack)
    {
        var patience = TestContext.Current.CancellationToken;
        await using var cloud = await AttackedCloud.StartAsync(Thorn, Hill);
        await using var witness = new Witness(cloud, Hill);
        using var thorn = new Sender(cloud, Thorn);
        byte[][] messages = [.. Attacks[attack](new Hostile(Thorn))];

        // A process that has just begun compiles its first answer while it gives it: what is measured comes behind.
        await cloud.UntilSeenAsync(witness);
        witness.Away(false);
        await SendAsync(thorn, messages[..(messages.Length / 2)], patience);
        witness.Away(true);
        await cloud.KillAsync();
        await cloud.RunAsync();
        await cloud.UntilSeenAsync(witness);
        witness.Away(false);
        await SendAsync(thorn, messages[(messages.Length / 2)..], patience);
        await cloud.UntilSeenAsync(witness, more: 10);
        Assert.Equal("healthy", (await cloud.GetAsync("/health"))?.GetProperty("status").GetString());
        Assert.NotNull(await cloud.GetAsync("/api/gateways"));
        await witness.EndAsync();
        var code = await cloud.StopAsync();
        await cloud.RunAsync();
        var seen = await cloud.WitnessedAsync(witness.Began);
        cloud.LookAtMemory();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{attack}: {messages.Length} messages, {string.Join(", ", thorn.Answers.Select(a => $"{a.Key} {a.Value}"))}; "
            + $"{witness.Sent.Count} readings of "
                + $"the other, seen after {witness.Latencies.Max().TotalMilliseconds:0} ms at most; {cloud.PeakMemory / 1024 / 1024} MB");
        Assert.Equal(0, code);
        Assert.Empty(witness.Sent.Except(seen!));
        Assert.InRange(witness.Latencies.Max(), TimeSpan.Zero, Soon);
        Assert.InRange(cloud.PeakMemory, 0, MostMemory);
    }

    private static IEnumerable<byte[]> Times(int count, Func<int, byte[]> message) => Enumerable.Range(0, count).Select(message);

    /// <summary>Sends as fast as the cloud takes them, with as many under way as a gateway may have.</summary>
    private static Task SendAsync(Sender sender, byte[][] messages, CancellationToken cancellation) => Parallel.ForEachAsync(
        messages, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellation },
        async (message, stop) => await sender.PublishAsync(message, stop));
}
