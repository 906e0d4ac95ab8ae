using System.Net.Sockets;
using IotGateway.Telemetry.Fleet;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

/// <summary>Any bytes at the listener: the connection may end, the cloud and the other gateways go on.</summary>
public sealed class RawBytesTests
{
    private static readonly byte[] Hello =
    [
        0x16, 3, 1, 0, 0x2f, 1, 0, 0, 0x2b, 3, 3, .. new byte[32], 0, 0, 4, 0x13, 1, 0xc0, 0x2b, 1, 0,
    ];

    [Fact]
    public async Task BeforeTheHandshake()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var port = cloud.Port;

        await FuzzShare.ReadAsync(
            Mutations.Of(Hello, RawClient.Connect("hill"), "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray()), 100_000, 150, async input =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
                var stream = client.GetStream();
                try
                {
                    await stream.WriteAsync(input, TestContext.Current.CancellationToken);
                    client.Client.Shutdown(SocketShutdown.Send);
                    while (await stream.ReadAsync(new byte[1024], TestContext.Current.CancellationToken) > 0)
                    {
                    }
                }
                catch (Exception e) when (e is IOException or SocketException)
                {
                    // The cloud was quicker.
                }
            });

        await GoesOnAsync(cloud);
    }

    [Fact]
    public async Task AfterTheHandshake()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("noise");
        byte[][] frames =
        [
            RawClient.Connect("noise"),
            RawClient.Frame(0x82, [0, 1, 0, .. RawClient.Text("cmd/noise/#"), 1]),
            RawClient.Publish(Topics.Batch("noise"), [], TestGateway.Encode("noise", 1, TestGateway.Reading(0, 34.5, "n1")), 2),
            RawClient.Publish(Topics.Status("noise"), [], "{}"u8.ToArray(), 3),
            RawClient.Publish(FleetTopics.CreateFromCsr, [], """{"certificateSigningRequest":"x"}"""u8.ToArray(), 4),
            RawClient.Publish(FleetTopics.ShadowUpdate("noise"), [], """{"state":{"reported":{"a":1}}}"""u8.ToArray(), 5),
            RawClient.Publish("dt/noise/batch", [0x26, 0, 1, 97, 0, 1, 98, 2, 0, 0, 0, 9], [1, 2, 3], 6),
            RawClient.Frame(0x62, [0, 6]), RawClient.Frame(0xa2, [0, 7, 0, .. RawClient.Text("cmd/noise/#")]),
            RawClient.Frame(0xc0, []), RawClient.Frame(0xf0, []), RawClient.Frame(0xe0, []),
        ];
        byte[] all = [.. frames.SelectMany(f => f)];

        byte[][] samples = [all, frames[0], .. frames.Select(f => (byte[])[.. frames[0], .. f])];
        await FuzzShare.ReadAsync(Mutations.Of(samples), 100_000, 150, async input =>
        {
            try
            {
                await using var client = await RawClient.OpenAsync(cloud, certificate);
                await client.SendAsync(input);
                await client.SendAsync(RawClient.Frame(0xe0, []));
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The cloud was quicker.
            }
        });

        await GoesOnAsync(cloud);
    }

    private static async Task GoesOnAsync(TestCloud cloud)
    {
        await using var gateway = await TestGateway.ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await gateway.SendAsync(TestGateway.Encode("hill", 1, TestGateway.Reading(0, 34.5)));
        Assert.Equal(1, (await gateway.AnswerAsync()).Contiguous);
        Assert.DoesNotContain("internal_error", cloud.Counters.ConnectionsRefusedByReason.Keys);
    }
}
