using System.Net.Sockets;
using System.Text;
using MQTTnet.Exceptions;

namespace IotGateway.EndToEnd.Tests.Gateway;

/// <summary>mosquitto as the network server's broker: what it gave out and did not see acknowledged, it gives out again.</summary>
public class SourceFaultTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("LONG_TESTS") == "1" ? 40 : 6;

    [Fact]
    public async Task KillingTheGatewayBetweenReceivingAndDurableLosesNothing()
    {
        await using var bench = await Bench.StartAsync();
        var random = new Random(1);
        for (var kill = 0; kill < Kills; kill++)
        {
            var load = bench.Field.PublishAsync(600);
            var mark = bench.Cloud.Temperatures.Count + random.Next(300);
            await bench.UntilAsync("some frames arrive", () => Task.FromResult(bench.Cloud.Temperatures.Count >= mark || load.IsCompleted));
            await bench.KillEdgeAsync();
            await load;
            await bench.StartEdgeAsync();
        }

        await bench.AllArrivesAsync();
    }

    [Fact]
    public async Task ACleanStopUnderLoadTakesLessThanTenSecondsAndLosesNothing()
    {
        await using var bench = await Bench.StartAsync();
        for (var stop = 0; stop < 3; stop++)
        {
            var load = bench.Field.PublishAsync(1500);
            var mark = bench.Cloud.Temperatures.Count + 100;
            await bench.UntilAsync("some frames arrive", () => Task.FromResult(bench.Cloud.Temperatures.Count >= mark));
            await bench.Edge.StopAsync(TimeSpan.FromSeconds(10));
            Assert.True(bench.Edge.ExitCode == 0, $"the gateway ended with {bench.Edge.ExitCode}:\n{bench.Edge.Output}");
            await bench.Edge.DisposeAsync();
            await load;
            await bench.StartEdgeAsync();
        }

        await bench.AllArrivesAsync();
    }

    /// <summary>Messages that mosquitto had acknowledged to the field and not yet given out die with it; the gateway must not.</summary>
    [Fact]
    public async Task TheFieldsBrokerKilledWhileFramesAreInHandLeavesTheGatewayRunning()
    {
        await using var bench = await Bench.StartAsync();
        for (var kill = 0; kill < 4; kill++)
        {
            var mark = bench.Cloud.Temperatures.Count + 100;
            var load = bench.Field.PublishAsync(20_000);
            await bench.UntilAsync("some frames arrive", () => Task.FromResult(bench.Cloud.Temperatures.Count >= mark));
            await bench.Source.KillAsync();
            await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => load);
            await bench.Source.StartAsync();
            await bench.Field.ConnectAgainAsync(bench.Source);
            await bench.UntilAsync("the gateway listens again", async () =>
                await bench.StatusAsync() is { } status
                    && status.GetProperty("sources")[0].GetProperty("state").GetString() == "connected");
        }

        var before = bench.Field.Sent.Keys.ToHashSet();
        await bench.Field.PublishAsync(50);
        await bench.UntilAsync(
            "what came after arrives",
            () => Task.FromResult(bench.Field.Sent.Keys.Where(k => !before.Contains(k)).All(bench.Cloud.Temperatures.ContainsKey)));
        Assert.DoesNotContain("crit:", bench.Edge.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SystemdIsToldOfTheStartOfLifeAndOfTheEnd()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Edge.StopAsync(TimeSpan.FromSeconds(10));
        await bench.Edge.DisposeAsync();
        var path = bench.In("notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        await bench.StartEdgeAsync(environment: new() { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "2000000" });

        Assert.Equal("READY=1", await ReceiveAsync(s => s != "WATCHDOG=1"));
        for (var i = 0; i < 4; i++)
            Assert.Equal("WATCHDOG=1", await ReceiveAsync(_ => true));
        await bench.Edge.StopAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("STOPPING=1", await ReceiveAsync(s => s != "WATCHDOG=1"));

        async Task<string> ReceiveAsync(Func<string, bool> wanted)
        {
            using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var bytes = new byte[1000];
            while (true)
            {
                var said = Encoding.ASCII.GetString(bytes, 0, await socket.ReceiveAsync(bytes, giveUp.Token));
                if (wanted(said))
                    return said;
            }
        }
    }
}
