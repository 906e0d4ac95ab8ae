using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IotGateway.FirmwareSim.Options;
using IotGateway.FirmwareSim.Replay;
using IotGateway.FirmwareSim.Tests.Nodes;
using MQTTnet.Protocol;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Replay;

public sealed class SimulatorTests : IDisposable
{
    private readonly string _ledger = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_ledger);

    [Fact]
    public async Task TheLedgerEqualsWhatASubscriberReceivedWithoutDuplicates()
    {
        var options = TestOptions.Create(_ledger, lost: 0.05, duplicate: 0.2, synthetic: 1);
        var messages = await ReceiveAllAsync(options);

        var received = messages
            .Where(m => m.Topic.EndsWith("/event/up", StringComparison.Ordinal))
            .Select(m => AsLedgerLine(m.Payload))
            .ToList();
        var ledger = Lines("up").ToList();
        Assert.True(received.Count > ledger.Count);
        Assert.Equal(ledger, received.Distinct());
        Assert.NotEmpty(Lines("lost"));
        Assert.Empty(Lines("lost").Intersect(received));
    }

    [Fact]
    public async Task TheLedgersLastLineCounts()
    {
        var options = TestOptions.Create(_ledger, lost: 0.05, duplicate: 0.2, bad: 0.05);
        var messages = await ReceiveAllAsync(options);

        var lines = await File.ReadAllLinesAsync(_ledger);
        var end = JsonSerializer.Deserialize(lines[^1], LedgerJson.Default.LedgerEnd)!;
        Assert.Equal("end", end.Kind);
        Assert.Equal((Lines("up").Count(), Lines("lost").Count(), Lines("bad").Count()), (end.Up, end.Lost, end.Bad));
        Assert.Equal(lines.Length - 1, end.Up + end.Lost + end.Bad);
        Assert.Equal(messages.Count, end.Messages);
        Assert.Equal(messages.Count, end.Up + end.Bad + end.Join + end.Status + end.Duplicates);
    }

    [Fact]
    public async Task TwoRunsPublishTheSameMessagesInTheSameOrder()
    {
        var first = await ReceiveAllAsync(TestOptions.Create(bad: 0.1));
        var second = await ReceiveAllAsync(TestOptions.Create(bad: 0.1));

        Assert.Equal(first, second, (a, b) => a.Topic == b.Topic && a.Payload.AsSpan().SequenceEqual(b.Payload));
    }

    [Fact]
    public async Task NothingIsPublishedBeforeTheFirstSubscriber()
    {
        var options = TestOptions.Create();
        await using var run = await SimRun.StartAsync(options);
        await using var idle = await Gateway.ConnectAsync(options.MqttPort, "idle", subscribe: false);
        Assert.DoesNotContain("replaying", run.Output.All, StringComparison.Ordinal);

        await using var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw");
        await gateway.ReceivedAsync(Expected.Distinct(options));
        Assert.Equal(Expected.Payloads(options)[0], gateway.Messages[0].Payload);
    }

    [Fact]
    public async Task AnAbsentSubscriberHoldsTheReplayUpAndMissesNothing()
    {
        var options = TestOptions.Create(_ledger, duplicate: 0, days: 15);
        var time = new FakeTimeProvider();
        await using var run = await SimRun.StartAsync(options, time);
        var gone = await Gateway.ConnectAsync(options.MqttPort, "gw", acknowledge: 0);
        await gone.ReceivedAsync(1);
        await gone.DisconnectAsync();

        var heldUp = run.Output.SeenAsync("held up: 'gw' has 1000 messages to take");
        while (!heldUp.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await heldUp;
        Assert.InRange(Lines("up").Count(), 900, 1000);

        await using var back = await Gateway.ConnectAsync(options.MqttPort, "gw", subscribe: false);
        await back.ReceivedAsync(Expected.Distinct(options));
        Assert.Equal(Expected.Payloads(options), back.Messages.Select(m => m.Payload));
    }

    [Fact]
    public async Task ASessionThatExpiresHoldsNobodyUp()
    {
        var options = TestOptions.Create(days: 15);
        var time = new FakeTimeProvider();
        await using var run = await SimRun.StartAsync(options, time);
        await using var gone = await Gateway.ConnectAsync(options.MqttPort, "gone", acknowledge: 0, expirySeconds: 3600);
        await gone.ReceivedAsync(900);
        gone.Kill();

        await using var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw");
        var ended = run.Ended;
        while (!ended.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await ended;
    }

    [Fact]
    public async Task ASubscriberAtQosZeroIsPacedToo()
    {
        var options = TestOptions.Create(days: 15);
        await using var run = await SimRun.StartAsync(options);
        await using var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw", qos: MqttQualityOfServiceLevel.AtMostOnce);

        await gateway.ReceivedAsync(Expected.Distinct(options));
    }

    [Fact]
    public async Task ItEndsInTimeWithAGatewayThatTakesNothing()
    {
        var options = TestOptions.Create(days: 15);
        await using var run = await SimRun.StartAsync(options);
        await using var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw", acknowledge: 0);
        await gateway.ReceivedAsync(900);

        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await run.StopAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4)); // waiting for the client would take five
    }

    private static async Task<IReadOnlyList<(string Topic, byte[] Payload)>> ReceiveAllAsync(SimOptions options)
    {
        await using var run = await SimRun.StartAsync(options);
        await using var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw");
        await gateway.ReceivedAsync(Expected.Distinct(options));
        await run.Ended;
        return gateway.Messages;
    }

    private IEnumerable<string> Lines(string kind)
    {
        using var file = new StreamReader(new FileStream(_ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (file.ReadLine() is { } text)
        {
            if (text.StartsWith($"{{\"kind\":\"{kind}\"", StringComparison.Ordinal)
                && JsonSerializer.Deserialize(text, LedgerJson.Default.LedgerLine) is { } line)
                yield return Text(line.Eui, line.DevAddr!, line.FCnt ?? 0, line.Time ?? 0, line.Values ?? new Dictionary<string, double>());
        }
    }

    private static string AsLedgerLine(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var up = json.RootElement;
        var (time, values) = FrameReading.Read(up.GetProperty("data").GetBytesFromBase64());
        return Text(
            up.GetProperty("deviceInfo").GetProperty("devEui").GetString()!,
            up.GetProperty("devAddr").GetString()!,
            up.GetProperty("fCnt").GetUInt32(),
            time,
            values.ToDictionary(v => v.Key, v => v.Value!.Value));
    }

    private static string Text(string eui, string devAddr, uint fCnt, long time, IReadOnlyDictionary<string, double> values) =>
        $"{eui} {devAddr} {fCnt} {time} "
            + string.Join(' ', values.OrderBy(v => v.Key).Select(v => $"{v.Key}={v.Value.ToString("F3", CultureInfo.InvariantCulture)}"));
}
