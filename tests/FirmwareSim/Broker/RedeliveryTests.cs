using System.Net.Sockets;
using IotGateway.FirmwareSim.Options;
using MQTTnet.Protocol;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Broker;

/// <summary>Messages that a gateway has not acknowledged come again, however its connection ended.</summary>
public sealed class RedeliveryTests
{
    [Fact]
    public async Task AfterAnAbruptEndWhatWasNotAcknowledgedComesAgain()
    {
        var options = TestOptions.Create();
        await using var run = await SimRun.StartAsync(options);
        await using var first = await Gateway.ConnectAsync(options.MqttPort, "gw", acknowledge: 50);
        await first.ReceivedAsync(300);
        first.Kill();

        await using var second = await Gateway.ConnectAsync(options.MqttPort, "gw", subscribe: false);
        Assert.True(second.SessionPresent);
        await run.Ended;
        var missing = Expected.Payloads(options)
            .Select(Convert.ToHexString)
            .Except(first.Messages.Take(50).Select(m => Convert.ToHexString(m.Payload)));
        await second.ReceivedAsync(missing.Count());

        Assert.Empty(missing.Except(second.Messages.Select(m => Convert.ToHexString(m.Payload))));
    }

    [Fact]
    public async Task EachTakeoverGetsEverythingNotAcknowledgedWithoutAHole()
    {
        var options = TestOptions.Create(duplicate: 0, days: 30);
        await AssertNoHoleAsync(options, gateway => ValueTask.CompletedTask);
    }

    [Fact]
    public async Task EachReconnectAfterAKillGetsEverythingNotAcknowledgedWithoutAHole()
    {
        var options = TestOptions.Create(duplicate: 0, days: 30);
        await AssertNoHoleAsync(options, gateway => gateway.DisposeAsync());
    }

    [Fact]
    public async Task AClientWithoutAnIdIsRefusedAndHoldsNobodyUp()
    {
        var options = TestOptions.Create();
        await using var run = await SimRun.StartAsync(options);

        // CONNECT of MQTT 5 with a clean start and no client id; the CONNACK's fourth byte is its reason.
        using var nobody = new TcpClient("127.0.0.1", options.MqttPort);
        await nobody
            .GetStream()
            .WriteAsync(
                new byte[] { 0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0, 0, 0, 0 },
                TestContext.Current.CancellationToken);
        var answer = new byte[4];
        await nobody.GetStream().ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal((byte)MqttConnectReasonCode.ClientIdentifierNotValid, answer[3]);

        await using var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw");
        await gateway.ReceivedAsync(Expected.Distinct(options));
    }

    /// <summary>Forty connections of one client, each acknowledging 20 messages and holding back those after them.</summary>
    private static async Task AssertNoHoleAsync(SimOptions options, Func<Gateway, ValueTask> end)
    {
        var position = Expected.Payloads(options).Select((p, i) => (Key: Convert.ToHexString(p), i)).ToDictionary(p => p.Key, p => p.i);
        var acknowledged = new HashSet<int>();
        var gateways = new List<Gateway>();
        await using var run = await SimRun.StartAsync(options);

        for (var round = 0; round < 40; round++)
        {
            var gateway = await Gateway.ConnectAsync(options.MqttPort, "gw", acknowledge: 20, subscribe: round == 0);
            gateways.Add(gateway);
            await gateway.ReceivedAsync(40);
            await end(gateway);

            var received = gateway.Messages.Select(m => position[Convert.ToHexString(m.Payload)]).ToList();
            var due = Enumerable.Range(0, received.Max() + 1).Except(acknowledged);
            Assert.Empty(due.Except(received));
            acknowledged.UnionWith(received.Take(20));
        }

        foreach (var gateway in gateways)
            await gateway.DisposeAsync();
    }
}
