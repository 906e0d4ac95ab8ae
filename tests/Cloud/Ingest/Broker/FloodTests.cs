using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Cloud.Tests.Ingest.Broker;

public sealed class FloodTests
{
    /// <summary>Bytes after which each connection is silent: none, and the beginning of a handshake.</summary>
    [Theory]
    [InlineData(1_500, new byte[0])]
    [InlineData(400, new byte[] { 0x16, 3, 1 })]
    public async Task AnEnrolledGatewayGetsInBesideSilentConnections(int connections, byte[] said)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        var silent = new List<TcpClient>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var client = new TcpClient();
                silent.Add(client);
                await client.ConnectAsync("127.0.0.1", cloud.Port, TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync(said, TestContext.Current.CancellationToken);
            }

            for (var i = 1; i <= 5; i++)
            {
                await using var gateway = await ConnectAsync(cloud, certificate);
                await gateway.SendAsync(TestGateway.Encode("hill", i, TestGateway.Reading(i, 34.5)));
            }

            Assert.Equal(5, cloud.Store.Count);
        }
        finally
        {
            silent.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task OneGatewaysOwnConnectionsDoNotTakeAnothersPlace()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var (hill, valley) = (cloud.Enrol("hill"), cloud.Enrol("valley"));
        await using var honest = await TestGateway.ConnectAsync(cloud, valley, "valley");
        var idle = new List<RawClient>();
        for (var i = 0; i < 12; i++)
            idle.Add(await RawClient.OpenAsync(cloud, hill));

        // The oldest of its own were ended.
        foreach (var each in idle.Take(8))
            await each.EndedAsync();
        await honest.SendAsync(TestGateway.Encode("valley", 1, TestGateway.Reading(0, 34.5)));
        Assert.Equal(1, cloud.Store.Count);
        foreach (var each in idle)
            await each.DisposeAsync();
    }

    /// <summary>As a gateway does: it tries again, for it may be refused while an address has fifty handshakes.</summary>
    private static async Task<TestGateway> ConnectAsync(TestCloud cloud, X509Certificate2 certificate)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TestGateway.ConnectAsync(cloud, certificate, "hill");
            }
            catch (Exception) when (tries < 100)
            {
                await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
    }
}
